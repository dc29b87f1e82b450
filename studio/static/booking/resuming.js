// The health questions with the browser's own "back" and "reload".
//
// Each screen answers a form, which a browser forgets or would send again. So every place in its history
// says which screen it was, and this tab keeps what was answered, in a cipher that only the studio reads:
// who comes back to a place is shown its screen anew. It is forgotten with the questions.

const KEY = "sealed";

function kept() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(sealed) {
  try {
    if (sealed) sessionStorage.setItem(KEY, sealed);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Without room for it, it stays in the page alone.
  }
}

/** Ask for a screen with what was answered before; the details, too, if they are there and fit. */
function resume(form, screen) {
  if (!form.matches("[data-screen]") && !form.checkValidity()) return;
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "resume", value: screen });
  form.append(field);
  form.submit();
}

const form = document.querySelector("form:has([data-sealed])");
if (form) {
  const field = form.elements.sealed;
  if (form.dataset.health === "post") {
    keep(field.value);
  } else if (kept()) {
    field.value = kept();
    if (history.state?.screen) resume(form, history.state.screen);
  }
  if (form.dataset.screen) history.replaceState({ screen: form.dataset.screen }, "", location.href);
} else {
  keep(null);
}
