// A page that the browser has kept from before is asked for anew: on a tablet that was handed over, whoever
// goes back sees nothing of the desk.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
