// The web component <guanda-chat>. Attributes: mode (page, inline, launcher), lang, theme.

import { Client } from "./client";
import { Conversation } from "./conversation";
import { h, icon, iconButton } from "./dom";
import sheet from "./style.css";
import { isChinese, sayer } from "./words";

/** Where the script came from: the server that answers. */
const SERVER = new URL((document.currentScript as HTMLScriptElement | null)?.src ?? location.href).origin;

export class GuandaChat extends HTMLElement {
  connectedCallback(): void {
    if (this.shadowRoot) return;
    const mode = this.getAttribute("mode") ?? "launcher";
    const language = this.getAttribute("lang") || navigator.language;
    const say = sayer(language);
    const conversation = new Conversation(new Client(SERVER), say, { server: SERVER, apart: mode !== "page" });
    const style = new CSSStyleSheet();
    style.replaceSync(sheet);
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];

    const fresh = h("button", { type: "button", class: "fresh", onclick: () => void conversation.restart() }, icon("fresh"), say("fresh"));
    const bar = h("div", { class: "bar" }, h("h2", {}, say("name")), fresh);
    const panel = h("section", { class: "panel", "aria-label": say("name") }, bar, conversation.element);
    panel.lang = isChinese(language) ? "zh-CN" : "en";
    if (mode === "launcher") {
      this.launch(root, panel, bar, say, conversation);
    } else {
      root.append(panel);
      void conversation.start();
    }
  }

  /** A button in the corner that opens and closes the panel. */
  private launch(
    root: ShadowRoot,
    panel: HTMLElement,
    bar: HTMLElement,
    say: ReturnType<typeof sayer>,
    conversation: Conversation,
  ): void {
    const opener = h(
      "button",
      { type: "button", class: "launcher", "aria-label": say("open"), title: say("open"), "aria-expanded": "false", "aria-controls": "panel" },
      icon("chat"),
    );
    const show = (open: boolean) => {
      panel.hidden = !open;
      opener.setAttribute("aria-expanded", String(open));
      if (open) {
        void conversation.start();
        conversation.focus();
      } else {
        opener.focus();
      }
    };
    opener.addEventListener("click", () => show(panel.hidden === true));
    bar.append(iconButton("close", say("close"), () => show(false)));
    panel.id = "panel";
    panel.hidden = true;
    panel.setAttribute("role", "dialog");
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") show(false);
    });
    root.append(panel, opener);
  }
}
