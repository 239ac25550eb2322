// One thing that was said, as it is drawn.

import { citations, type Place } from "./citation";
import type { Turn } from "./client";
import { decision, spoken } from "./decision";
import { h } from "./dom";
import { tools, type Judge } from "./feedback";
import type { Say } from "./words";

const LONG = 500; // characters of an answer that are shown at once

/** A turn; the suggestions of an answer are drawn apart, as only the last ones are of use. */
export function drawn(turn: Turn, say: Say, place: Place, judge: Judge): HTMLElement {
  if (turn.role === "user") return said("user", say("you"), turn.text);
  const text = spoken(turn);
  const element = said(`assistant kind-${turn.card?.kind ?? "text"}`, say("assistant"), text);
  fold(element, text, say);
  if (turn.card?.decision) element.append(decision(turn.card.decision, turn.labels ?? {}, say));
  const sources = turn.card && citations(turn.card, say, place);
  if (sources) element.append(sources);
  element.append(tools(turn, say, place, judge));
  return element;
}

/** Words of somebody in the conversation. */
export function said(kind: string, who: string, text: string): HTMLElement {
  return h("article", { class: `turn ${kind}` }, h("h3", { class: "unseen" }, who), h("p", { class: "words" }, text));
}

function fold(element: HTMLElement, text: string, say: Say): void {
  if (text.length <= LONG) return;
  const words = element.querySelector(".words");
  const button = h("button", { type: "button", class: "link", "aria-expanded": "false" }, say("expand"));
  words?.classList.add("folded");
  button.addEventListener("click", () => {
    const folded = words?.classList.toggle("folded") ?? false;
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = say(folded ? "expand" : "fold");
  });
  element.append(button);
}

/** The suggestions of the last answer. */
export function suggestions(turn: Turn, say: Say, choose: (choice: number) => void): HTMLElement | null {
  const offered = turn.card?.suggestions ?? [];
  if (!offered.length) return null;
  return h(
    "div",
    { class: "suggestions", role: "group", "aria-label": say("suggestions") },
    ...offered.map((each, index) => h("button", { type: "button", onclick: () => choose(index) }, each.title)),
  );
}
