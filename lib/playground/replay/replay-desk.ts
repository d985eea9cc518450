import { Listeners } from "@/lib/session/listeners.ts";
import type { ReplayOutcome } from "./model.ts";
import { type RunPorts, runReplay } from "./run-replay.ts";
import type { ReplaySubject } from "./subject.ts";
import type { ListedDenial, ReplayResult, Tally } from "./tally.ts";

/** Immutable snapshots. `result` of a run that was stopped holds what was judged until then. */
export type ReplayState =
  | { readonly kind: "none" }
  | {
      readonly kind: "running" | "stopped" | "done";
      readonly subject: ReplaySubject;
      /** Null before the denials were counted. */
      readonly result: ReplayResult | null;
    }
  | { readonly kind: "problem"; readonly subject: ReplaySubject; readonly message: string };

export const NO_REPLAY: ReplayState = { kind: "none" };

/** Milliseconds between two snapshots of a run. */
const BEAT = 100;

/** Holds the last replay, and the one that runs. */
export class ReplayDesk {
  readonly #ports: RunPorts & { readonly now: () => number };
  readonly #listeners = new Listeners();
  #state: ReplayState = NO_REPLAY;
  #tally: Tally | null = null;
  #running: AbortController | null = null;

  constructor(ports: RunPorts & { readonly now: () => number }) {
    this.#ports = ports;
  }

  readonly snapshot = (): ReplayState => this.#state;

  readonly subscribe = this.#listeners.subscribe;

  /** Replays every denial; what runs already is given up. Ends when the run has ended, however it did. */
  async start(subject: ReplaySubject): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#tally = null;
    const began = this.#ports.now();
    let shown = Number.NEGATIVE_INFINITY;
    const isCurrent = (): boolean => this.#running === running;
    const resultNow = (): ReplayResult | null =>
      this.#tally?.result(this.#ports.now() - began) ?? null;
    this.#set({ kind: "running", subject, result: null });
    try {
      await runReplay(subject.input, this.#ports, running.signal, (tally) => {
        if (!isCurrent()) return;
        this.#tally = tally;
        const now = this.#ports.now();
        if (now - shown >= BEAT) {
          shown = now;
          this.#set({ kind: "running", subject, result: resultNow() });
        }
      });
      if (isCurrent()) {
        this.#set({ kind: "done", subject, result: resultNow() });
      }
    } catch (error) {
      if (!isCurrent()) return;
      this.#set(
        running.signal.aborted
          ? { kind: "stopped", subject, result: resultNow() }
          : {
              kind: "problem",
              subject,
              message: error instanceof Error ? error.message : String(error),
            },
      );
    }
  }

  /** Ends the run at once and keeps what it has. */
  stop(): void {
    this.#running?.abort();
  }

  /** Some denials of one kind, of the replay that is shown. */
  list(kind: ReplayOutcome["kind"], first: number, most: number): readonly ListedDenial[] {
    return this.#tally?.list(kind, first, most) ?? [];
  }

  #set(state: ReplayState): void {
    this.#state = state;
    this.#listeners.tell();
  }
}
