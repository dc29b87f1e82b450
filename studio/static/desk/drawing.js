// Puts a board that the server has just drawn in the place of the one that is shown.

const CHANGING = [".board", ".board-notes"];

export function draw(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const part of CHANGING) document.querySelector(part).replaceWith(fresh.querySelector(part));
}
