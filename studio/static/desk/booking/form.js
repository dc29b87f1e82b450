// What can be chosen follows what is typed: the form is sent as "look again", and the parts of the
// answer marked with data-fresh take the place of ours. Without this module a button does the same.

const PAUSE = 120;
const UNJUDGED = "[name^=client], [name=second_name], [name=second_phone], [name=second_email], [name$=_notes], [name$=_pressure], [name=notes], [name=pressure], [name=reason], [name=seen], [name=tells]";

// What goes down on one field and up on another that took its place chooses nothing: drawing waits.
let isHeld = false;
for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => (isHeld = true), true);
for (const kind of ["keyup", "pointerup", "pointercancel"]) addEventListener(kind, () => (isHeld = false), true);
addEventListener("blur", () => (isHeld = false));

for (const form of document.querySelectorAll("form[data-looks]")) {
  let waiting, asking;

  async function look(button) {
    clearTimeout(waiting);
    asking?.abort();
    const mine = (asking = new AbortController());
    const typed = new FormData(form);
    typed.set("do", button?.value ?? "look");
    form.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: typed, signal: mine.signal });
      if (!answer.ok || answer.redirected) throw new Error(`The answer was ${answer.status}.`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      await released();
      if (mine.signal.aborted) return;
      show(page, Boolean(button));
    } catch (error) {
      if (error.name === "AbortError") return;
      form.querySelector("#summary").textContent = form.dataset.lost;
    }
    form.removeAttribute("aria-busy");
  }

  function show(page, isFilledIn) {
    const focused = document.activeElement?.id;
    for (const old of form.querySelectorAll("[data-fresh]")) {
      const fresh = page.getElementById(old.id);
      if (!fresh) continue;
      keepText(old, fresh);
      old.replaceWith(document.adoptNode(fresh));
    }
    if (isFilledIn) {
      for (const name of ["day", "time"]) {
        form.elements[name].value = page.querySelector(`[name="${name}"]`).value;
      }
    }
    arrange(form);
    const again = focused && document.getElementById(focused);
    if (again) again.focus();
    else if (focused) form.querySelector(".booking-confirm button").focus();
  }

  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, (event) => {
      if (event.target.matches(UNJUDGED)) return;
      // An answer to what was typed before would put that back.
      asking?.abort();
      clearTimeout(waiting);
      waiting = setTimeout(look, PAUSE);
    });
  }
  form.addEventListener("client", () => look());
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name === "do" && isLook(button.value)) {
      event.preventDefault();
      look(button);
    } else if (form.dataset.sent) {
      event.preventDefault();
    } else {
      form.dataset.sent = "once";
    }
  });
  arrange(form);
}

// Coming back to a page that was kept whole: it can be sent again.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.querySelector("[role=alert]")?.focus();

async function released() {
  while (isHeld) await new Promise(requestAnimationFrame);
}

function isLook(value) {
  return /^(look|now|day-before|day-after|at:)/.test(value);
}

function keepText(old, fresh) {
  for (const field of old.querySelectorAll("input[type=text]")) {
    const next = fresh.querySelector(`#${field.id}`);
    if (next && field.value) next.value = field.value;
  }
}

// One of a row of times is in the way of the Tab key, the arrow keys go to the others.
function arrange(form) {
  for (const row of form.querySelectorAll("[data-arrows]")) {
    const buttons = [...row.querySelectorAll("button")];
    const first = buttons.find((button) => button.ariaPressed === "true") ?? buttons[0];
    for (const button of buttons) button.tabIndex = button === first ? 0 : -1;
    row.onkeydown = (event) => {
      const at = buttons.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (to === undefined || !buttons[to]) return;
      event.preventDefault();
      for (const button of buttons) button.tabIndex = -1;
      buttons[to].tabIndex = 0;
      buttons[to].focus();
    };
  }
}
