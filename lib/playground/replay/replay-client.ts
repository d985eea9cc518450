import type { RecordPack } from "@/lib/queries/record-pack.ts";
import type { Thread } from "@/lib/workers/spawn.ts";
import type { JudgedPack, ReplayInput } from "./model.ts";
import type { FromReplay, ToReplay } from "./protocol.ts";

interface Waiting {
  readonly resolve: (message: FromReplay) => void;
  readonly reject: (error: Error) => void;
}

/** The page's side of a replay: asks the worker, one message at a time. */
export class ReplayClient {
  readonly #spawn: () => Thread<ToReplay, FromReplay>;
  #thread: Thread<ToReplay, FromReplay> | null = null;
  #run = 0;
  #waiting: Waiting | null = null;

  constructor(spawn: () => Thread<ToReplay, FromReplay>) {
    this.#spawn = spawn;
  }

  /**
   * Begins a run, which ends an earlier one.
   *
   * @returns the run's number, for {@link judge}
   * @throws Error where the policy cannot be read, or the worker died
   */
  async begin(input: ReplayInput): Promise<number> {
    this.#run += 1;
    const run = this.#run;
    this.#waiting?.reject(new Error("another replay began"));
    await this.#ask({ kind: "replay-begin", run, input }, []);
    return run;
  }

  /** @throws Error where the run is over, or the worker died */
  async judge(run: number, pack: RecordPack): Promise<JudgedPack> {
    const answer = await this.#ask({ kind: "replay-judge", run, pack }, [pack.bytes.buffer]);
    if (answer.kind !== "replay-judged") {
      throw new Error(`instead of outcomes: ${answer.kind}`);
    }
    return answer.judged;
  }

  #ask(message: ToReplay, transfer: Transferable[]): Promise<FromReplay> {
    return new Promise((resolve, reject) => {
      if (message.run !== this.#run) {
        reject(new Error("another replay began"));
        return;
      }
      this.#waiting = { resolve, reject };
      this.#working().post(message, transfer);
    });
  }

  #working(): Thread<ToReplay, FromReplay> {
    if (this.#thread === null) {
      this.#thread = this.#spawn();
      this.#thread.listen(
        (message) => this.#receive(message),
        (reason) => {
          this.#thread = null;
          this.#waiting?.reject(new Error(`the evaluator stopped: ${reason}`));
        },
      );
    }
    return this.#thread;
  }

  #receive(message: FromReplay): void {
    if (message.run !== this.#run) {
      return;
    }
    if (message.kind === "replay-failed") {
      this.#waiting?.reject(new Error(message.message));
    } else {
      this.#waiting?.resolve(message);
    }
  }
}
