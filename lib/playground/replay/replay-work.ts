import { PackJudge } from "./judge-pack.ts";
import type { FromReplay, ToReplay } from "./protocol.ts";
import { Replay, type ReplayPorts } from "./replay-denials.ts";

/** The worker's side of a replay: one run at a time, one message after the other. */
export class ReplayWork {
  readonly #ports: ReplayPorts;
  #run: { readonly number: number; readonly judge: PackJudge } | null = null;

  constructor(ports: ReplayPorts) {
    this.#ports = ports;
  }

  /** Never throws: what goes wrong ends the run and is said. */
  answer(message: ToReplay): FromReplay {
    const { run } = message;
    try {
      return this.#answer(message);
    } catch (error) {
      this.#run = null;
      return { kind: "replay-failed", run, message: String(error) };
    }
  }

  #answer(message: ToReplay): FromReplay {
    const { run } = message;
    if (message.kind === "replay-begin") {
      const opened = Replay.open(message.input, this.#ports);
      this.#run = opened.ok ? { number: run, judge: new PackJudge(opened.value) } : null;
      return opened.ok
        ? { kind: "replay-begun", run }
        : { kind: "replay-failed", run, message: opened.error[0]?.message ?? "" };
    }
    return this.#run?.number === run
      ? { kind: "replay-judged", run, judged: this.#run.judge.judge(message.pack) }
      : { kind: "replay-failed", run, message: "this run is over" };
  }
}
