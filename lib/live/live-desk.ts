import type { Rule } from "@/lib/rules/model.ts";
import { Listeners } from "@/lib/session/listeners.ts";
import type { TrustKey } from "@/lib/session/model.ts";
import type { Thread } from "@/lib/workers/spawn.ts";
import { type LiveState, NOTHING_LIVE, paused, resumed, withArrivals } from "./live-state.ts";
import type { FromLive, ToLive } from "./protocol.ts";

export type LiveThread = Thread<ToLive, FromLive>;

/**
 * The page's side of a live source: starts and stops the worker's reading, and keeps what is shown. Nothing
 * is read and nothing is asked of a network until someone opens a source.
 */
export class LiveDesk {
  readonly #spawn: () => LiveThread;
  readonly #listeners = new Listeners();
  #state = NOTHING_LIVE;
  #thread: LiveThread | null = null;
  #run = 0;
  #keys: readonly TrustKey[] = [];
  #rules: readonly Rule[] = [];
  #waitingForContent: ((content: Blob) => void)[] = [];
  #handle: FileSystemFileHandle | null = null;

  constructor(spawn: () => LiveThread) {
    this.#spawn = spawn;
  }

  readonly snapshot = (): LiveState => this.#state;

  readonly subscribe = this.#listeners.subscribe;

  /** Starts the worker, which tests itself: what it needs is then fetched. */
  warm(): void {
    this.#working();
  }

  /** Keys and rules for what comes next; what has arrived keeps its status. */
  judgeBy(keys: readonly TrustKey[], rules: readonly Rule[]): void {
    if (keys !== this.#keys) {
      this.#keys = keys;
      this.#thread?.post({ kind: "trust", keys });
    }
    if (rules !== this.#rules) {
      this.#rules = rules;
      this.#thread?.post({ kind: "rules", rules });
    }
  }

  watch(handle: FileSystemFileHandle, fromStart: boolean): void {
    this.#begin();
    this.#handle = handle;
    this.#working().post({ kind: "watch", run: this.#run, handle, fromStart });
  }

  /** @param url the address as it was shown @param token goes to the worker and is not kept here */
  tail(url: string, token: string): void {
    this.#begin();
    this.#handle = null;
    this.#working().post({ kind: "tail", run: this.#run, url, token });
  }

  stop(): void {
    this.#thread?.post({ kind: "stop", run: this.#run });
  }

  /** Forgets what was shown, for another source. */
  leave(): void {
    this.stop();
    this.#begin();
    this.#handle = null;
  }

  pause(): void {
    this.#show(paused(this.#state));
  }

  resume(): void {
    this.#show(resumed(this.#state));
  }

  /**
   * What was read so far, as it would be dropped: the watched file as it is now, or the log's receipts, one
   * on each line.
   *
   * @throws where the file can no longer be read
   */
  async content(): Promise<{ readonly path: string; readonly file: Blob }> {
    if (this.#handle !== null) {
      return { path: this.#handle.name, file: await this.#handle.getFile() };
    }
    const file = await new Promise<Blob>((resolve) => {
      this.#waitingForContent.push(resolve);
      this.#working().post({ kind: "content" });
    });
    return { path: "live-log.ndjson", file };
  }

  #begin(): void {
    this.#run += 1;
    const { phase, requestsAsked } = this.#state;
    this.#show({ ...NOTHING_LIVE, phase, requestsAsked });
  }

  #working(): LiveThread {
    if (this.#thread !== null) return this.#thread;
    const thread = this.#spawn();
    this.#thread = thread;
    thread.listen(
      (message) => {
        if (this.#thread === thread) this.#receive(message);
      },
      (reason) => this.#lose(reason),
    );
    thread.post({ kind: "start" });
    thread.post({ kind: "trust", keys: this.#keys });
    thread.post({ kind: "rules", rules: this.#rules });
    return thread;
  }

  #receive(message: FromLive): void {
    switch (message.kind) {
      case "ready":
        this.#show({ ...this.#state, phase: message.failures.length === 0 ? "ready" : "refused" });
        return;
      case "failed":
        this.#show({ ...this.#state, problem: message.message });
        return;
      case "requests":
        this.#show({
          ...this.#state,
          requestsAsked: this.#state.requestsAsked + message.count,
        });
        return;
      case "source":
        if (message.run === this.#run) this.#show({ ...this.#state, source: message.source });
        return;
      case "arrived":
        if (message.run === this.#run) this.#show(withArrivals(this.#state, message));
        return;
      case "content":
        for (const resolve of this.#waitingForContent.splice(0)) resolve(message.content);
        return;
    }
  }

  #lose(reason: string): void {
    this.#thread?.end();
    this.#thread = null;
    const said = `The reading ended: its worker died. ${reason}`;
    this.#show({ ...this.#state, source: { kind: "ended", reason: said } });
  }

  #show(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#listeners.tell();
  }
}
