import { Worker } from "node:worker_threads";
import type { LogFile } from "./log-file.ts";

/** What a worker of {@link NativeVerifiers} is started with. */
export interface NativeShare {
  readonly role: "native-verify";
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export type NativeAnswer =
  | { readonly kind: "ready"; readonly messages: number }
  | { readonly kind: "verified"; readonly accepted: number };

export interface NativeRun {
  readonly verified: number;
  readonly accepted: number;
  readonly seconds: number;
  /** Processor time of all threads, in milliseconds: what neighbours on the machine do not change. */
  readonly processor: number;
}

/**
 * OpenSSL's Ed25519 verification and nothing else: messages, signatures and keys of the log are prepared
 * before the clock starts, one thread for each core.
 */
export class NativeVerifiers {
  readonly #workers: readonly Worker[];
  readonly #messages: number;

  private constructor(workers: readonly Worker[], messages: number) {
    this.#workers = workers;
    this.#messages = messages;
  }

  /** `bundle` is the address of this very program: its threads run it in another role. */
  static async prepare(log: LogFile, cores: number, bundle: string): Promise<NativeVerifiers> {
    const workers = Array.from({ length: cores }, (_, index) => {
      const share: NativeShare = {
        role: "native-verify",
        path: log.path,
        start: Math.floor((index * log.bytes) / cores),
        end: Math.floor(((index + 1) * log.bytes) / cores),
      };
      return new Worker(new URL(bundle), { workerData: share });
    });
    const answers = await Promise.all(workers.map(answerOf));
    const messages = answers.reduce(
      (sum, answer) => sum + (answer.kind === "ready" ? answer.messages : 0),
      0,
    );
    return new NativeVerifiers(workers, messages);
  }

  async run(): Promise<NativeRun> {
    const started = performance.now();
    const used = process.cpuUsage();
    const answers = this.#workers.map(answerOf);
    for (const worker of this.#workers) {
      worker.postMessage("verify");
    }
    let accepted = 0;
    for (const answer of await Promise.all(answers)) {
      accepted += answer.kind === "verified" ? answer.accepted : 0;
    }
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(used);
    return { verified: this.#messages, accepted, seconds, processor: (user + system) / 1000 };
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

function answerOf(worker: Worker): Promise<NativeAnswer> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
