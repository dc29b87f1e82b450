// What is typed about oneself stays while another time is chosen: in this tab alone, until the
// session is booked. Notes are never kept, because health may stand in them.

const KEY = "typed";
const KEPT = ["name", "email", "phone", "pressure"];

function typed() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

function keep(form) {
  const data = new FormData(form);
  const found = Object.fromEntries(KEPT.map((name) => [name, data.get(name) ?? ""]));
  try {
    sessionStorage.setItem(KEY, JSON.stringify(found));
  } catch {
    // Without room for it, it is typed again.
  }
}

/** Fill in what was typed before, where the server has sent nothing back. */
function fill(form) {
  for (const [name, value] of Object.entries(typed())) {
    const field = form.elements.namedItem(name);
    if (!field || !value || !KEPT.includes(name)) continue;
    if (field instanceof RadioNodeList || !field.value) field.value = value;
  }
}

const form = document.querySelector("form[data-typed]");
if (form) {
  if (form.dataset.typed === "empty") fill(form);
  else keep(form);
  form.addEventListener("input", () => keep(form));
} else {
  sessionStorage.removeItem(KEY);
}
