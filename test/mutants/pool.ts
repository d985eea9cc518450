import { type ChildProcess, fork } from "node:child_process";
import type { Job } from "./worker.ts";
import type { TestRun } from "./world.ts";

/** `hung`: no answer in time. `died`: the process ended, out of memory as a rule. */
export type JobOutcome =
  | { readonly kind: "ran"; readonly run: TestRun }
  | { readonly kind: "hung" | "died" };

/** One worker process that is replaced when a mutant hangs or kills it. */
export class Worker {
  readonly #entry: string;
  #child: ChildProcess | null = null;

  /** `entry`: the bundle of the harness, which is a worker when its first argument is `worker`. */
  constructor(entry: string) {
    this.#entry = entry;
  }

  async run(job: Job, timeLimit: number): Promise<JobOutcome> {
    this.#child ??= await this.#start();
    const child = this.#child;
    const outcome = await new Promise<JobOutcome>((resolve) => {
      const timer = setTimeout(() => resolve({ kind: "hung" }), timeLimit);
      const settle = (result: JobOutcome): void => {
        clearTimeout(timer);
        resolve(result);
      };
      child.once("message", (run: TestRun) => settle({ kind: "ran", run }));
      child.once("exit", () => settle({ kind: "died" }));
      child.send(job);
    });
    child.removeAllListeners();
    if (outcome.kind !== "ran") {
      this.end();
    }
    return outcome;
  }

  end(): void {
    this.#child?.kill("SIGKILL");
    this.#child = null;
  }

  #start(): Promise<ChildProcess> {
    return new Promise((resolve, reject) => {
      const child = fork(this.#entry, ["worker"], {
        execArgv: ["--max-old-space-size=1024", "--no-warnings"],
        stdio: ["ignore", "ignore", "ignore", "ipc"],
      });
      child.once("message", () => {
        child.removeAllListeners();
        resolve(child);
      });
      child.once("exit", (code) => reject(new Error(`a worker ended with ${code} at its start`)));
    });
  }
}

/** Does the work for every item, as many at a time as there are workers. */
export async function shareOut<T>(
  items: readonly T[],
  workers: readonly Worker[],
  work: (item: T, worker: Worker) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    workers.map(async (worker) => {
      for (const item of queue) {
        await work(item, worker);
      }
    }),
  );
}
