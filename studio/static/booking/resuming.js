// The health questions with the browser's own "back" and "reload".
//
// Each screen answers a form, which a browser forgets or would send again. So every place in its history
// says which screen it was, and this tab keeps what was answered, in a cipher that only the studio reads:
// who comes back to a place is shown its screen anew. It is forgotten once they are sent.

function kept(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, sealed) {
  try {
    if (sealed) sessionStorage.setItem(key, sealed);
    else sessionStorage.removeItem(key);
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
  const key = `sealed ${field.dataset.sealed}`;
  if (form.dataset.health === "post") {
    keep(key, field.value);
  } else if (form.dataset.screen && !history.state?.screen) {
    keep(key, null); // somebody begins anew
  } else if (kept(key)) {
    field.value = kept(key);
    if (history.state?.screen) resume(form, history.state.screen);
  }
  if (form.dataset.screen) history.replaceState({ screen: form.dataset.screen }, "", location.href);
} else {
  keep("sealed booking", null);
}
