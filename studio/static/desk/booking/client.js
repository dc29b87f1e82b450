// Finding a client by a few letters: a combobox as WAI-ARIA describes it. What matches nobody is
// the name of a new client.

const PAUSE = 120;

for (const box of document.querySelectorAll("[data-client]")) {
  const form = box.closest("form");
  const input = box.querySelector("[name=client_name]");
  const chosen = box.querySelector("[name=client]");
  const list = box.querySelector("[role=listbox]");
  const known = box.querySelector("[data-known]");
  const fresh = box.querySelector("[data-new]");
  const count = box.querySelector("[data-count]");
  let waiting, asking, clients = [], active = -1;

  box.querySelector("[data-without-script]")?.remove();
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) input.setAttribute(name, value);

  async function find() {
    asking?.abort();
    asking = new AbortController();
    const url = `${box.dataset.client}?q=${encodeURIComponent(input.value)}`;
    try {
      const answer = await fetch(url, { signal: asking.signal });
      offer(answer.ok && !answer.redirected ? (await answer.json()).results : []);
    } catch (error) {
      if (error.name !== "AbortError") offer([]);
    }
  }

  function offer(results) {
    clients = results;
    list.replaceChildren(...clients.map(option));
    point(-1);
    open(clients.length > 0 && document.activeElement === input);
    count.textContent = input.value.trim() && (clients.length ? count.dataset.some : count.dataset.none);
  }

  function option(client, index) {
    const item = document.createElement("li");
    item.id = `client-${client.id}`;
    item.role = "option";
    const name = document.createElement("strong");
    name.textContent = client.name;
    item.append(name, ` ${about(client)}`);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(clients[index]);
    });
    return item;
  }

  function about(client) {
    const last = client.last_session && `${known.dataset.last} ${client.last_session}`;
    const blocked = client.blocked && known.dataset.blocked;
    return [client.phone, client.email, last, blocked].filter(Boolean).join(" · ");
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  }

  function point(index) {
    active = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(client) {
    open(false);
    chosen.value = client?.id ?? "";
    known.hidden = !client;
    fresh.hidden = Boolean(client);
    if (client) {
      input.value = client.name;
      known.querySelector("[data-about]").textContent = about(client);
      count.textContent = "";
    }
    form.dispatchEvent(new Event("client"));
  }

  input.addEventListener("input", () => {
    if (chosen.value) choose(null);
    clearTimeout(waiting);
    waiting = setTimeout(find, PAUSE);
  });
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    const isOpen = !list.hidden;
    if (event.key === "Enter") {
      // Never books by accident: it takes the client who is pointed at, or goes on.
      event.preventDefault();
      if (isOpen && active >= 0) choose(clients[active]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      open(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!clients.length) return;
      event.preventDefault();
      open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      point((active + step + clients.length) % clients.length);
    }
  });
  box.querySelector("[data-forget]").addEventListener("click", (event) => {
    event.preventDefault();
    input.value = "";
    choose(null);
    input.focus();
  });
}
