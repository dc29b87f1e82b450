// A form that is sent is not sent again, and what can be undone for some minutes says how long.

for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "once";
  });
}

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const notice of document.querySelectorAll("[data-left]")) {
  const end = performance.now() + notice.dataset.left * 60_000;
  const left = document.createElement("strong");
  notice.textContent = `${notice.dataset.words} `;
  notice.append(left);
  const tick = () => {
    const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds) setTimeout(tick, 1000);
  };
  tick();
}
