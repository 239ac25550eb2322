// Citations: the source of an answer, its validity, and its words.

import type { Card, Citation } from "./client";
import { h } from "./dom";
import { isKey, type Say } from "./words";

const SHOWN = 3; // the others are folded away
const LONG = 160; // characters of a quote that is shown at once

/** All citations of a card. `place` is the server that they are read on. */
export function citations(card: Card, say: Say, place: Place): HTMLElement | null {
  if (!card.citations.length) return null;
  const drawn = card.citations.map((each, index) => citation(each, index === 0, say, place));
  const rest = drawn.splice(SHOWN);
  return h(
    "div",
    { class: card.kind === "comparison" ? "sources side" : "sources", role: "group", "aria-label": say("sources") },
    ...drawn,
    rest.length > 0 && h("details", { class: "rest" }, h("summary", {}, say("more", { count: rest.length })), ...rest),
    h("p", { class: "small" }, say("judged", { date: card.as_of })),
  );
}

export interface Place {
  server: string;
  /** Whether documents open in a page of their own, so that the host's page stays. */
  apart: boolean;
}

function citation(each: Citation, first: boolean, say: Say, place: Place): HTMLElement {
  const link = readable(each.url, place.server);
  const where = [each.number ?? say("no_number"), each.article, each.issuer].filter(Boolean).join(" · ");
  return h(
    "article",
    { class: "citation" },
    h(
      "h4",
      { lang: "zh-CN" },
      link ? h("a", { href: link, target: place.apart ? "_blank" : null, rel: "noopener" }, each.title) : each.title,
    ),
    h("p", { class: "small", lang: "zh-CN" }, where),
    h("p", { class: "small" }, badge(each.status, say), " ", period(each, say)),
    h(
      "details",
      { open: first && each.quote.length <= LONG },
      h("summary", {}, say("quote")),
      h("blockquote", { lang: "zh-CN" }, each.quote),
    ),
  );
}

export function badge(status: string, say: Say): HTMLElement {
  return h("span", { class: `badge ${isKey(status) ? status : "unknown"}` }, isKey(status) ? say(status) : status);
}

/** The dates of a citation as words. */
export function period(each: Citation, say: Say): string {
  const start = each.effective_from;
  const end = each.effective_to;
  if (start && end) return say("until", { start, end });
  if (start) return say("since", { start });
  return end ? say("up_to", { end }) : "";
}

/** The address of a document on this server; nothing where it would lead elsewhere. */
export function readable(path: string | null | undefined, server: string): string | null {
  if (!path) return null;
  const address = new URL(path, server);
  return address.origin === new URL(server).origin ? address.href : null;
}
