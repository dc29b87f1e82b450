// Making elements: text stays text, whatever the studio's data hold.

/** An element; `onclick` and its like are listeners, and what is null or false is left out. */
export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

/** A button; `kind` is the name of its part, by which a page can style it. */
export const button = (kind, onclick, ...children) =>
  h("button", { type: "button", part: `button ${kind}`, class: kind, onclick }, ...children);

/** A link that leaves the page, and what is typed into it, as they are. */
export const link = (href, words, elsewhere) =>
  h("a", { href, target: "_blank", rel: "noopener", part: "link" }, words, h("span", { class: "unseen" }, ` (${elsewhere})`));

/** A step's heading, which takes the focus when the step is shown. */
export const heading = (words) => h("h2", { tabindex: -1, part: "heading" }, words);

/** What has to be noticed. */
export const notice = (kind, ...children) =>
  h("div", { class: `notice ${kind}`, part: `notice ${kind}`, role: "alert", tabindex: -1 }, children);
