// A button that copies the address it stands beside; without scripts there is the address alone.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const said = button.parentElement.querySelector("[data-part=copied]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    said.textContent = said.dataset.words;
  });
}
