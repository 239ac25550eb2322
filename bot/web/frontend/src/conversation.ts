// The conversation: log, waiting, failure, input.

import type { Place } from "./citation";
import { Client, Failure, newKey, type Message, type Turn } from "./client";
import { h, icon } from "./dom";
import { drawn, said, suggestions } from "./turn";
import type { Say } from "./words";

const LONGEST = 2000;

export class Conversation {
  readonly element: HTMLElement;
  private readonly log: HTMLElement;
  private readonly state: HTMLElement;
  private readonly input: HTMLTextAreaElement;
  private readonly send: HTMLButtonElement;
  private busy = false;
  private started = false;

  constructor(
    private readonly client: Client,
    private readonly say: Say,
    private readonly place: Place,
  ) {
    this.log = h("div", { class: "log", role: "log", "aria-label": say("log"), tabindex: 0 });
    this.state = h("div", { class: "state", role: "status" });
    this.input = h("textarea", {
      id: "question",
      rows: 1,
      maxlength: LONGEST,
      placeholder: say("placeholder"),
      "aria-label": say("input"),
      enterkeyhint: "send",
    });
    this.input.addEventListener("keydown", (event) => this.typed(event));
    this.send = h("button", { type: "submit", class: "send", "aria-label": say("send"), title: say("send") }, icon("send"));
    const form = h("form", { class: "ask" }, this.input, this.send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.element = h("div", { class: "conversation" }, this.log, this.state, form);
  }

  /** Show what was said before, once. */
  async start(): Promise<void> {
    if (this.started) return;
    this.started = true;
    this.log.setAttribute("aria-busy", "true"); // old news is not read aloud
    this.greet();
    try {
      const { turns, remembered } = await this.client.session();
      this.add(turns);
      this.askAgain(turns.at(-1));
      if (turns.length && !remembered) this.note(this.say("forgotten"));
      this.log.scrollTop = this.log.scrollHeight;
    } catch {
      this.note(this.say("failed"));
    }
    this.log.removeAttribute("aria-busy");
  }

  /** Forget what was said, here and on the server. */
  async restart(): Promise<void> {
    if (this.busy) return;
    try {
      await this.client.forget();
    } catch {
      this.note(this.say("failed"));
      return;
    }
    this.log.replaceChildren();
    this.greet();
    this.focus();
  }

  focus(): void {
    this.input.focus();
  }

  private greet(): void {
    this.log.append(said("assistant", this.say("assistant"), this.say("welcome")));
  }

  private typed(event: KeyboardEvent): void {
    // Enter also ends a word that is being composed; only the other one sends
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      event.preventDefault();
      this.submit();
    }
  }

  private submit(): void {
    const text = this.input.value.trim();
    if (!text || this.busy) return;
    this.input.value = "";
    void this.ask({ key: newKey(), text }, text);
  }

  private async ask(message: Message, shown: string): Promise<void> {
    this.log.querySelectorAll(".suggestions, .failure").forEach((each) => each.remove());
    const question = said("user", this.say("you"), shown);
    this.log.append(question);
    await this.exchange(message, question);
  }

  private async exchange(message: Message, question: HTMLElement): Promise<void> {
    this.wait(true);
    this.reveal(question);
    try {
      const turns = await this.client.say(message);
      this.add(turns.filter((turn) => turn.role !== "user"));
    } catch (error) {
      this.fail(error, () => void this.exchange(message, question));
    }
    this.wait(false);
    this.reveal(question);
  }

  private add(turns: Turn[]): void {
    for (const turn of turns) {
      this.log.append(drawn(turn, this.say, this.place, (...given) => this.client.judge(...given)));
    }
    const last = turns.at(-1);
    const offered = last && suggestions(last, this.say, (choice) => this.choose(last, choice));
    if (offered) this.log.append(offered);
  }

  private choose(turn: Turn, choice: number): void {
    if (this.busy) return;
    this.focus();
    const title = turn.card?.suggestions?.[choice]?.title ?? "";
    void this.ask({ key: newKey(), turn: turn.id, choice }, title);
  }

  /** Offer to ask again what had no answer before the page was left. */
  private askAgain(last: Turn | undefined): void {
    const question = this.log.lastElementChild as HTMLElement;
    if (last?.role !== "user" || !last.key) return;
    const message = { key: last.key, text: last.text };
    this.offerRetry(this.say("unanswered"), () => void this.exchange(message, question));
  }

  private fail(error: unknown, again: () => void): void {
    const failure = error instanceof Failure ? error : new Failure("");
    const told = failure.wait ? this.say("slow", { seconds: failure.wait }) : failure.message || this.say("failed");
    this.offerRetry(told, again);
  }

  private offerRetry(told: string, again: () => void): void {
    const box = h("div", { class: "failure", role: "alert" }, h("p", {}, told));
    const retry = h("button", { type: "button" }, this.say("retry"));
    retry.addEventListener("click", () => {
      box.remove();
      this.focus();
      again();
    });
    box.append(retry);
    this.log.append(box);
  }

  private note(text: string): void {
    this.log.append(h("p", { class: "note" }, text));
  }

  private wait(busy: boolean): void {
    this.busy = busy;
    this.send.disabled = busy;
    this.state.replaceChildren(
      ...(busy
        ? [h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), this.say("waiting")]
        : []),
    );
  }

  /** Scroll so that a question and the beginning of its answer can be read. */
  private reveal(question: HTMLElement): void {
    this.log.scrollTop = question.offsetTop - this.log.offsetTop - 8;
  }
}
