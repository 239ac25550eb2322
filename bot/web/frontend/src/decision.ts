// A decision: the facts as understood, each test with its result, what is missing.

import type { Decision, Turn } from "./client";
import { h } from "./dom";
import { isKey, type Key, type Say } from "./words";

// how policies_db/decisions/wording.yml ends a test
const FAILED = /——不符合/;
const PASSED = /——符合/;

export function decision(made: Decision, labels: Labels, say: Say): HTMLElement {
  const facts = Object.entries(made.facts).map(([name, value]) => [labels[name] ?? name, value] as const);
  return h(
    "div",
    { class: "decision", role: "group", "aria-label": say("decision") },
    h("p", { class: `outcome ${made.outcome}` }, isKey(made.outcome) ? say(made.outcome) : made.outcome),
    ...part(say("facts"), facts.length > 0 && h("dl", {}, ...facts.flatMap(([name, value]) => fact(name, value, say)))),
    ...part(say("tests"), made.reasons.length > 0 && h("ul", { class: "tests" }, ...made.reasons.map((each) => test(each, say)))),
    ...part(say("missing"), made.missing.length > 0 && h("ul", {}, ...made.missing.map((each) => h("li", {}, labels[each] ?? each)))),
  );
}

type Labels = Record<string, string>;

/** The answer without the lines that its decision shows anyway: facts as understood, and tests. */
export function spoken(turn: Turn): string {
  const made = turn.card?.decision;
  if (!made) return turn.text;
  const facts = Object.entries(made.facts).map(([name, value]) => `${turn.labels?.[name] ?? name}：${String(value)}`);
  const tests = made.reasons.filter((each) => FAILED.test(each) || PASSED.test(each));
  const repeated = (line: string) =>
    tests.includes(line.replace(/^· /, "")) || (facts.length > 0 && facts.every((fact) => line.includes(fact)));
  return turn.text.split("\n").filter((line) => !repeated(line)).join("\n") || turn.text;
}

function part(title: string, content: HTMLElement | false): HTMLElement[] {
  return content ? [h("h4", {}, title), content] : [];
}

function fact(name: string, value: unknown, say: Say): HTMLElement[] {
  return [h("dt", {}, name), h("dd", {}, shown(value, say))];
}

function shown(value: unknown, say: Say): string {
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (typeof value === "number") return value.toLocaleString();
  return typeof value === "string" ? value : JSON.stringify(value);
}

function test(reason: string, say: Say): HTMLElement {
  const [sign, key]: [string, Key] = FAILED.test(reason)
    ? ["✗", "not_met"]
    : PASSED.test(reason)
      ? ["✓", "met"]
      : ["→", "follows"];
  return h(
    "li",
    { class: key },
    h("span", { class: "sign", "aria-hidden": "true" }, sign),
    h("span", { class: "unseen" }, `${say(key)}: `),
    reason,
  );
}
