// Fills in, and keeps up to date, the numbers beside the places in the head of the page.

const EVERY_MINUTE = 60_000;

async function refresh(badge) {
  try {
    const response = await fetch(badge.dataset.counts, { headers: { Accept: "application/json" } });
    const { count } = await response.json();
    badge.textContent = count;
    badge.hidden = count === 0;
  } catch {
    // Signed out, or the server is away: the last number stays.
  }
}

for (const badge of document.querySelectorAll("[data-counts]")) {
  refresh(badge);
  setInterval(() => {
    if (document.visibilityState === "visible") refresh(badge);
  }, EVERY_MINUTE);
}
