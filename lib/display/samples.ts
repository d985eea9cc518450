import type { SampleName } from "@/lib/session/model.ts";
import type { ReceiptStatus } from "@/lib/verification/report.ts";

/** A sample, and what one should see after opening it. The generator of the samples agrees with this list. */
export interface SampleFacts {
  readonly name: SampleName;
  readonly title: string;
  readonly receipts: number;
  readonly checkpoints: number;
  readonly holds: string;
  readonly expect: string;
  readonly status: ReceiptStatus;
}

export const SAMPLES: readonly SampleFacts[] = [
  {
    name: "clean",
    title: "Clean log",
    receipts: 3800,
    checkpoints: 38,
    holds: "3,800 receipts, 38 checkpoints",
    expect: "Verified, 2 pinned demo keys. All five questions answered yes.",
    status: "verified",
  },
  {
    name: "changed",
    title: "Changed log",
    receipts: 3800,
    checkpoints: 38,
    holds: "3,800 receipts, 38 checkpoints",
    expect: "Does not verify: 1 cause, 5 effects. Receipt #803.",
    status: "does-not-verify",
  },
  {
    name: "removed-checkpoint",
    title: "Removed checkpoint",
    receipts: 3700,
    checkpoints: 37,
    holds: "3,700 receipts, 37 checkpoints",
    expect: "Checkpoint 17 absent, 100 receipts absent. Complete: no.",
    status: "does-not-verify",
  },
  {
    name: "forked",
    title: "Forked checkpoints",
    receipts: 4400,
    checkpoints: 44,
    holds: "2 exports of one log that part at checkpoint 22",
    expect: "Two different checkpoints with one number. Consistent: no.",
    status: "does-not-verify",
  },
  {
    name: "choreography",
    title: "Choreography",
    receipts: 1228,
    checkpoints: 13,
    holds: "16 orders through 5 services, 1,228 receipts, 495 Kafka records",
    expect:
      "A chain of 473 with × 412 sends. 6 denied, 1 rolled back, 1 parent absent, #40 changed.",
    status: "does-not-verify",
  },
  {
    name: "storm",
    title: "Dead-letter storm",
    receipts: 5771,
    checkpoints: 58,
    holds: "5,771 receipts, 2,892 dead letters from 3 tools",
    expect:
      "Verified. 2,892 denials in 11 patterns, 1,860 of one from 02:09. 13 claims without a receipt.",
    status: "verified",
  },
];

/** Sizes that the page offers for a log of any size, and the bounds of what can be typed. */
export const LOG_SIZES = { smallest: 1, largest: 1_000_000, offered: 100_000 } as const;
