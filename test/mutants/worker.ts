import { openWorld, type TestRun } from "./world.ts";

/** What the parent asks of a worker: one test file, with one mutant or with none. */
export interface Job {
  readonly bundle: string;
  readonly mutant: number | null;
}

/** Serves jobs one by one, for as long as the parent keeps the channel open. */
export async function serveJobs(root: string): Promise<void> {
  const world = await openWorld(root);
  process.on("message", (job: Job) => {
    void world.run(job.bundle, job.mutant).then(answer);
  });
  // A test that left something broken behind must not take the answer with it.
  process.on("unhandledRejection", () => undefined);
  answer("ready");
}

function answer(message: TestRun | "ready"): void {
  process.send?.(message);
}
