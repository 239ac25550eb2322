// Elements without markup: whatever is said ends in a text node, so nothing in it can be HTML.

type Child = Node | string | null | undefined | false;
type Properties = Record<string, string | number | boolean | EventListener | null | undefined>;

/** An element; properties that start with "on" are listeners, the others attributes. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => !!child));
  return element;
}

const PATHS = {
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  down: "M7 14V4h10l3 10h-6l1 6-2 1-5-7zM3 4h4v10H3z",
  fresh: "M12 5v14M5 12h14",
  send: "M4 12l16-8-5 16-4-6z",
  up: "M7 10v10h10l3-10h-6l1-6-2-1-5 7zM3 10h4v10H3z",
};

/** A small line drawing, for sighted users only; the button around it carries the words. */
export function icon(name: keyof typeof PATHS): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const drawing = document.createElementNS(namespace, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}

/** A button with a drawing, named for screen readers and on hover. */
export function iconButton(
  name: keyof typeof PATHS,
  label: string,
  onclick: EventListener,
): HTMLButtonElement {
  return h("button", { type: "button", class: "icon", "aria-label": label, title: label, onclick }, icon(name));
}
