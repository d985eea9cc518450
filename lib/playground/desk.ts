import type { Thread } from "@/lib/workers/spawn.ts";
import { type Draft, firstDraft } from "./draft.ts";
import type { PlaygroundOutcome } from "./model.ts";
import type { FromPlayground, ToPlayground } from "./protocol.ts";
import { type SendMode, type ServerAnswer, sendToServer } from "./send-to-server.ts";

/** What the page shows. Immutable snapshots. */
export interface PlaygroundState {
  readonly draft: Draft;
  /** Of `judged`; null before the first answer. */
  readonly outcome: PlaygroundOutcome | null;
  /** The draft that `outcome` is about; another one than `draft` while an answer is on its way. */
  readonly judged: Draft | null;
  /** The draft as it was put in from outside the editors. */
  readonly source: Draft;
  /** Counts the drafts that were put in, which the editors then show anew. */
  readonly placed: number;
  readonly server: ServerState;
  /** Why nothing is evaluated any more; null in normal operation. */
  readonly problem: string | null;
}

export type ServerState =
  | { readonly kind: "not-asked" }
  | { readonly kind: "asking"; readonly mode: SendMode }
  | {
      readonly kind: "answered";
      readonly mode: SendMode;
      readonly answer: ServerAnswer;
      /** What was sent; an edit since then makes the answer one about something else. */
      readonly draft: Draft;
    };

export interface DeskPorts {
  readonly spawn: () => Thread<ToPlayground, FromPlayground>;
  readonly pinnedIssuers: (clock: string) => readonly string[];
}

const FIRST = firstDraft();

/** Before anything was evaluated, and what the static page is rendered with. */
export const FIRST_STATE: PlaygroundState = {
  draft: FIRST,
  outcome: null,
  judged: null,
  source: FIRST,
  placed: 0,
  server: { kind: "not-asked" },
  problem: null,
};

/** Milliseconds without an edit after which the draft is evaluated. */
const PAUSE = 120;

/** Holds the draft, and asks the worker about it while it is edited. Asks no server of its own accord. */
export class Desk {
  readonly #ports: DeskPorts;
  readonly #listeners = new Set<() => void>();
  #state = FIRST_STATE;
  #thread: Thread<ToPlayground, FromPlayground> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #asks = 0;
  #asked: Draft | null = null;
  #sends = 0;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
  }

  readonly snapshot = (): PlaygroundState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Starts the worker, so that nothing has to be fetched when the page is visited. */
  warm(): void {
    this.#working();
  }

  /** Takes an edit of an editor; the evaluation follows when the hands rest. */
  edit(change: Partial<Draft>): void {
    this.#set({ draft: { ...this.#state.draft, ...change } });
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
    }
    this.#timer = setTimeout(() => this.evaluate(), PAUSE);
  }

  /** Puts another draft in place of this one and evaluates it at once. */
  place(draft: Draft): void {
    this.#set({
      draft,
      source: draft,
      placed: this.#state.placed + 1,
      server: { kind: "not-asked" },
    });
    this.evaluate();
  }

  evaluate(): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    const { draft } = this.#state;
    const { origin: _origin, ...texts } = draft;
    this.#asks += 1;
    this.#asked = draft;
    this.#working().post({
      kind: "evaluate",
      ask: this.#asks,
      input: { ...texts, pinnedIssuers: this.#ports.pinnedIssuers(draft.clock) },
    });
  }

  /** The one request that this page ever makes, and only when it is told to. */
  async send(mode: SendMode): Promise<void> {
    this.#sends += 1;
    const send = this.#sends;
    const { outcome, judged } = this.#state;
    if (outcome?.kind !== "judged" || judged === null) {
      return;
    }
    this.#set({ server: { kind: "asking", mode } });
    const answer = await sendToServer({ ...judged, presented: outcome.presented }, mode);
    if (send === this.#sends) {
      this.#set({ server: { kind: "answered", mode, answer, draft: judged } });
    }
  }

  #working(): Thread<ToPlayground, FromPlayground> {
    this.#thread ??= this.#hire();
    return this.#thread;
  }

  #hire(): Thread<ToPlayground, FromPlayground> {
    const thread = this.#ports.spawn();
    thread.listen(
      (message) => this.#receive(message),
      (reason) => {
        thread.end();
        this.#thread = null;
        this.#set({ problem: `The evaluator stopped: ${reason}` });
      },
    );
    return thread;
  }

  #receive(message: FromPlayground): void {
    if (message.ask !== this.#asks) {
      return;
    }
    switch (message.kind) {
      case "evaluated":
        this.#set({ outcome: message.outcome, judged: this.#asked, problem: null });
        return;
      case "failed":
        this.#set({ outcome: null, judged: this.#asked, problem: message.message });
        return;
    }
  }

  #set(change: Partial<PlaygroundState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
