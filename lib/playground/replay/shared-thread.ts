import type { Thread } from "@/lib/workers/spawn.ts";
import type { FromPlayground, ToPlayground } from "../protocol.ts";
import type { FromReplay, ToReplay } from "./protocol.ts";

interface Ear<Out> {
  readonly onMessage: (message: Out) => void;
  readonly onCrash: (reason: string) => void;
}

/**
 * One worker for the evaluation of what is edited and for replays: it is started once, so that nothing has to
 * be fetched when a replay begins, and both have the same throw-away keys.
 */
export class SharedThread {
  readonly #spawn: () => Thread<ToPlayground | ToReplay, FromPlayground | FromReplay>;
  #thread: Thread<ToPlayground | ToReplay, FromPlayground | FromReplay> | null = null;
  #desk: Ear<FromPlayground> | null = null;
  #replay: Ear<FromReplay> | null = null;

  constructor(spawn: () => Thread<ToPlayground | ToReplay, FromPlayground | FromReplay>) {
    this.#spawn = spawn;
  }

  readonly forDesk = (): Thread<ToPlayground, FromPlayground> => ({
    post: (message, transfer) => this.#working().post(message, transfer),
    listen: (onMessage, onCrash) => {
      this.#desk = { onMessage, onCrash };
      this.#working();
    },
    end: () => this.#end(),
  });

  readonly forReplay = (): Thread<ToReplay, FromReplay> => ({
    post: (message, transfer) => this.#working().post(message, transfer),
    listen: (onMessage, onCrash) => {
      this.#replay = { onMessage, onCrash };
    },
    end: () => this.#end(),
  });

  #working(): Thread<ToPlayground | ToReplay, FromPlayground | FromReplay> {
    if (this.#thread === null) {
      this.#thread = this.#spawn();
      this.#thread.listen(
        (message) => this.#receive(message),
        (reason) => this.#crash(reason),
      );
    }
    return this.#thread;
  }

  #receive(message: FromPlayground | FromReplay): void {
    switch (message.kind) {
      case "replay-begun":
      case "replay-judged":
      case "replay-failed":
        this.#replay?.onMessage(message);
        return;
      case "evaluated":
      case "hinted":
      case "failed":
        this.#desk?.onMessage(message);
        return;
    }
  }

  #crash(reason: string): void {
    this.#end();
    this.#replay?.onCrash(reason);
    this.#desk?.onCrash(reason);
  }

  #end(): void {
    this.#thread?.end();
    this.#thread = null;
  }
}
