// A page that answered a form is one like any other from here on: who comes back to it, or reloads,
// is not asked by the browser whether to send everything again.
history.replaceState(history.state, "", location.href);
