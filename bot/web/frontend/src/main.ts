// embed.js: one script line puts the widget on a page, unless the page places <guanda-chat> itself.

import { GuandaChat } from "./element";

const script = document.currentScript as HTMLScriptElement | null;

function mount(): void {
  if (document.querySelector("guanda-chat")) return;
  const element = document.createElement("guanda-chat");
  for (const name of ["lang", "theme"]) {
    const value = script?.dataset[name];
    if (value) element.setAttribute(name, value);
  }
  document.body.append(element);
}

if (!customElements.get("guanda-chat")) {
  customElements.define("guanda-chat", GuandaChat);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mount);
  else mount();
}
