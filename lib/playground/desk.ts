import { Listeners } from "@/lib/session/listeners.ts";
import type { Thread } from "@/lib/workers/spawn.ts";
import { applyChanges } from "./apply-changes.ts";
import { type Draft, firstDraft } from "./draft.ts";
import type { Hint, PlaygroundOutcome } from "./model.ts";
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
  /** What would have allowed the call of `judged`. */
  readonly hint: HintState;
  readonly server: ServerState;
  /** Why nothing is evaluated any more; null in normal operation. */
  readonly problem: string | null;
}

export type HintState =
  | { readonly kind: "none" }
  | { readonly kind: "searching" }
  | { readonly kind: "not-found" }
  | { readonly kind: "found"; readonly hint: Hint };

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
  readonly pinnedIssuers: (clock: string) => readonly string[] | null;
}

const FIRST = firstDraft();

/** Before anything was evaluated, and what the static page is rendered with. */
export const FIRST_STATE: PlaygroundState = {
  draft: FIRST,
  outcome: null,
  judged: null,
  source: FIRST,
  placed: 0,
  hint: { kind: "none" },
  server: { kind: "not-asked" },
  problem: null,
};

/** Milliseconds after a denial before what would have allowed it is searched. */
const HINT_PAUSE = 250;

/** Milliseconds without an edit after which the draft is evaluated. */
const PAUSE = 120;

/** Holds the draft, and asks the worker about it while it is edited. Asks no server of its own accord. */
export class Desk {
  readonly #ports: DeskPorts;
  readonly #listeners = new Listeners();
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

  readonly subscribe = this.#listeners.subscribe;

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
    this.#asks += 1;
    this.#asked = this.#state.draft;
    this.#post("evaluate", this.#asked);
  }

  #post(kind: ToPlayground["kind"], { origin: _origin, ...texts }: Draft): void {
    const input = { ...texts, pinnedIssuers: this.#ports.pinnedIssuers(texts.clock) };
    this.#working().post({ kind, ask: this.#asks, input });
  }

  /** Makes the changes of the hint that is shown. */
  applyHint(): void {
    const { draft, judged, hint } = this.#state;
    if (hint.kind !== "found" || judged !== draft) {
      return;
    }
    const next = applyChanges(draft, hint.hint.changes);
    if (next !== null) {
      this.#set({ draft: next, placed: this.#state.placed + 1 });
      this.evaluate();
    }
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
      case "evaluated": {
        const { outcome } = message;
        const isDenied = outcome.kind === "judged" && outcome.denial !== null;
        const hint = { kind: isDenied ? "searching" : "none" } as const;
        this.#set({ outcome, judged: this.#asked, hint, problem: null });
        if (isDenied) {
          this.#askHint();
        }
        return;
      }
      case "hinted": {
        const { hint } = message;
        this.#set({ hint: hint === null ? { kind: "not-found" } : { kind: "found", hint } });
        return;
      }
      case "failed":
        // A search that failed takes nothing from the verdict that stands.
        this.#set(
          this.#state.judged === this.#asked
            ? { hint: { kind: "not-found" } }
            : {
                outcome: null,
                judged: this.#asked,
                hint: { kind: "none" },
                problem: message.message,
              },
        );
        return;
    }
  }

  /** The search takes many evaluations: it waits until nothing is typed for a while. */
  #askHint(): void {
    const ask = this.#asks;
    setTimeout(() => {
      if (ask === this.#asks && this.#timer === null && this.#asked !== null) {
        this.#post("hint", this.#asked);
      }
    }, HINT_PAUSE);
  }

  #set(change: Partial<PlaygroundState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listeners.tell();
  }
}
