import { Listeners } from "./listeners.ts";
import type { SessionState } from "./model.ts";
import { EMPTY_STATE } from "./state.ts";

/** Milliseconds between two renderings of what changes all the time. */
const BEAT = 250;

/** The session's state as immutable snapshots. Listeners hear of it at most four times a second. */
export class StateStore {
  readonly #listeners = new Listeners();
  #state: SessionState = EMPTY_STATE;
  #shown: SessionState = EMPTY_STATE;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** The newest state, which may not be shown yet. */
  get state(): SessionState {
    return this.#state;
  }

  /** The state that is shown; the same object until the next beat. */
  readonly snapshot = (): SessionState => this.#shown;

  readonly subscribe = this.#listeners.subscribe;

  /** Takes over the given members; `now` shows them at once, as an answer to a person should be. */
  set(change: Partial<SessionState>, when: "now" | "soon" = "soon"): void {
    this.#state = { ...this.#state, ...change };
    if (when === "now") {
      this.#show();
    } else {
      this.#timer ??= setTimeout(() => this.#show(), BEAT);
    }
  }

  #show(): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    this.#shown = this.#state;
    this.#listeners.tell();
  }
}
