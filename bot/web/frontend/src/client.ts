// What goes to the server and comes back. See bot/channels/web.py.

export interface Citation {
  document_id: string;
  title: string;
  number: string | null;
  issuer: string;
  article: string;
  quote: string;
  status: string;
  effective_from?: string | null;
  effective_to?: string | null;
  url?: string | null;
}

export interface Decision {
  outcome: string;
  facts: Record<string, unknown>;
  missing: string[];
  reasons: string[];
}

export interface Card {
  kind: string;
  answer: string;
  as_of: string;
  citations: Citation[];
  decision?: Decision;
  suggestions?: { title: string }[];
}

export interface Turn {
  id: number;
  role: "user" | "assistant";
  text: string;
  /** The browser's name of what the user said. */
  key?: string | null;
  card?: Card | null;
  /** What people call the facts of its decision. */
  labels?: Record<string, string>;
  vote?: Vote | null;
}

export type Vote = "up" | "down";
export type Message = { key: string } & ({ text: string } | { turn: number; choice: number });

const TIMEOUT = 90_000;
const TOKEN = "guanda-session";

/** A request that was not answered; `wait` is the seconds after which it may be. */
export class Failure extends Error {
  constructor(message: string, readonly wait = 0) {
    super(message);
  }
}

/** A name for a message, by which asking again is known to be the same question. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Client {
  private readonly elsewhere: boolean;

  constructor(private readonly server: string) {
    this.elsewhere = new URL(server).origin !== location.origin;
  }

  session(): Promise<{ turns: Turn[]; remembered: boolean }> {
    return this.request("GET", "/chat/session");
  }

  async say(message: Message): Promise<Turn[]> {
    return (await this.request<{ turns: Turn[] }>("POST", "/chat/messages", message)).turns;
  }

  judge(turn: number, vote: Vote, comment: string): Promise<unknown> {
    return this.request("POST", "/chat/feedback", { turn, vote, comment });
  }

  async forget(): Promise<void> {
    await this.request("DELETE", "/chat/session");
    if (this.elsewhere) localStorage.removeItem(TOKEN);
  }

  private async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = body ? { "Content-Type": "application/json" } : {};
    // a cookie would not travel from a page of another origin, so that gets a token
    const token = this.elsewhere && localStorage.getItem(TOKEN);
    if (token) headers["Authorization"] = `Bearer ${token}`;
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(), TIMEOUT);
    try {
      const reply = await fetch(this.server + path, {
        method,
        headers,
        body: body ? JSON.stringify(body) : undefined,
        credentials: this.elsewhere ? "omit" : "same-origin",
        signal: ending.signal,
      });
      const content = await reply.json();
      if (content.token) localStorage.setItem(TOKEN, content.token);
      if (!reply.ok) throw new Failure(reply.status === 429 ? "" : String(content.error ?? ""), Number(reply.headers.get("Retry-After")));
      return content as T;
    } catch (error) {
      throw error instanceof Failure ? error : new Failure("");
    } finally {
      clearTimeout(timer);
    }
  }
}
