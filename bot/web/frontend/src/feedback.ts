// What one can do with an answer: copy it with its source, say whether it helped.

import { period, readable, type Place } from "./citation";
import type { Card, Turn, Vote } from "./client";
import { h, iconButton } from "./dom";
import { isKey, type Say } from "./words";

export type Judge = (turn: number, vote: Vote, comment: string) => Promise<unknown>;

/** The row under an answer. */
export function tools(turn: Turn, say: Say, place: Place, judge: Judge): HTMLElement {
  const told = h("span", { class: "small", role: "status" });
  const row = h("div", { class: "tools" });
  const form = h("div", { class: "comment" });

  const tell = (key: "copied" | "not_copied" | "thanks" | "failed") => (told.textContent = say(key));
  const copy = iconButton("copy", say("copy"), async () => {
    tell((await copied(plain(turn, say, place))) ? "copied" : "not_copied");
  });
  const thumbs = (["up", "down"] as const).map((vote) => {
    const thumb = iconButton(vote, say(vote), () => give(vote));
    thumb.setAttribute("aria-pressed", String(turn.vote === vote));
    return thumb;
  });

  async function give(vote: Vote, comment = ""): Promise<void> {
    try {
      await judge(turn.id, vote, comment);
    } catch {
      tell("failed");
      return;
    }
    turn.vote = vote;
    thumbs.forEach((thumb, index) => thumb.setAttribute("aria-pressed", String((index === 0) === (vote === "up"))));
    if (comment) {
      form.replaceChildren();
      copy.focus();
      tell("thanks");
    } else {
      form.replaceChildren(commentForm(turn.id, say, (words) => give(vote, words)));
      tell("thanks");
    }
  }

  row.append(copy, ...(turn.card?.kind === "smalltalk" ? [] : thumbs), told);
  return h("div", {}, row, form);
}

function commentForm(turn: number, say: Say, send: (words: string) => void): HTMLElement {
  const words = h("textarea", { id: `comment-${turn}`, rows: 2, maxlength: 1000 });
  const submit = (event: Event) => {
    event.preventDefault();
    if (words.value.trim()) send(words.value.trim());
  };
  return h(
    "form",
    { onsubmit: submit },
    h("label", { for: `comment-${turn}` }, say("comment")),
    words,
    h("button", { type: "submit" }, say("submit")),
  );
}

/** An answer and its sources as plain text. */
export function plain(turn: Turn, say: Say, place: Place): string {
  const card: Card | null | undefined = turn.card;
  if (!card) return turn.text;
  const sources = card.citations.map((each) => {
    const number = each.number ? `（${each.number}）` : "";
    const status = isKey(each.status) ? say(each.status) : each.status;
    return [
      `「${each.quote}」`,
      `——《${each.title}》${number}${each.article}`,
      [each.issuer, status, period(each, say)].filter(Boolean).join(" · "),
      readable(each.url, place.server),
    ].filter(Boolean).join("\n");
  });
  return [card.answer, ...sources, sources.length ? say("judged", { date: card.as_of }) : ""].filter(Boolean).join("\n\n");
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text); // without https there is no clipboard to write to
  }
}

function copiedBySelection(text: string): boolean {
  const holder = h("textarea", { readonly: true, "aria-hidden": "true" });
  const focused = document.activeElement as HTMLElement | null;
  holder.value = text;
  document.body.append(holder);
  holder.select();
  const done = document.execCommand("copy");
  holder.remove();
  focused?.focus();
  return done;
}
