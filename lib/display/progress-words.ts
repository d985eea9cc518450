import type { Progress, StageName, StageProgress } from "@/lib/session/model.ts";
import { formatBytes } from "./bytes.ts";
import { formatCount, wholePercent } from "./numbers.ts";

export const STAGE_WORDS: Readonly<Record<StageName, string>> = {
  read: "Read",
  parse: "Parse",
  sign: "Sign",
  prove: "Prove",
  link: "Link",
};

/** Edges of the seal that are complete when a stage is: format and hash, signature, key, inclusion, continuity. */
const EDGES_AFTER: Readonly<Record<StageName, number>> = {
  read: 0,
  parse: 1,
  sign: 4,
  prove: 5,
  link: 6,
};

/** A stage's fraction: octets for reading, records for the rest. */
export function stageFraction(stage: StageProgress): {
  readonly done: string;
  readonly total: string;
} {
  return stage.name === "read"
    ? { done: formatBytes(stage.done), total: formatBytes(stage.total) }
    : { done: formatCount(stage.done), total: formatCount(stage.total) };
}

/** Whole percent over all five stages; signatures are most of the work and weigh accordingly. */
export function overallPercent(progress: Progress): number {
  const weights: Readonly<Record<StageName, number>> = {
    read: 10,
    parse: 10,
    sign: 60,
    prove: 15,
    link: 5,
  };
  let done = 0;
  for (const stage of progress.stages) {
    const share = stage.state === "done" ? 100 : wholePercent(stage.done, stage.total);
    done += (weights[stage.name] * Math.min(share, stage.state === "done" ? 100 : 99)) / 100;
  }
  return Math.min(99, Math.floor(done));
}

/** How many edges of the seal are filled. */
export function edgesDone(progress: Progress): number {
  return progress.stages.reduce(
    (edges, stage) => (stage.state === "done" ? Math.max(edges, EDGES_AFTER[stage.name]) : edges),
    0,
  );
}

/** What stands after "Checking": the running stage in words. */
export function progressStatement(progress: Progress): string {
  const running = progress.stages.find((stage) => stage.state === "running");
  const sign = progress.stages.find((stage) => stage.name === "sign");
  if (running === undefined) return "the files";
  if (running.name === "prove" || running.name === "link") {
    return `${formatCount(running.done)} of ${formatCount(running.total)} ${running.name === "prove" ? "proofs" : "checkpoint links"}`;
  }
  if (sign !== undefined && sign.total > 0) {
    return `${formatCount(sign.done)} of ${formatCount(sign.total)} signatures`;
  }
  return "the files";
}
