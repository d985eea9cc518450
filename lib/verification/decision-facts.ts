import type { Choreography } from "@/kernel/receipt/choreography.ts";
import type { ReceiptFacts } from "@/kernel/receipt/facts.ts";
import { maskReason } from "@/lib/denials/mask.ts";
import { NO_NUMBER } from "./unit-result.ts";

/** What a decision is analysed by, beyond the receipt's own members. */
export interface DecisionFacts {
  /** What would have to be granted for it: the events scope, or `server/tool` for a call. */
  readonly scope: string;
  readonly topic: string;
  readonly reasonPattern: string;
  /** Of the Kafka record that a consume judged; NO_NUMBER and "" for none. */
  readonly sourcePartition: bigint;
  readonly sourceOffset: bigint;
  readonly messageKey: string;
  readonly group: string;
}

export function decisionFacts(facts: ReceiptFacts, story: Choreography): DecisionFacts {
  const { toolName, toolServer, reason } = facts;
  const [topic = "", partition, offset] = story.record?.split("\u0000") ?? [];
  return {
    scope: scopeOf(toolServer, toolName),
    topic: story.topic === "" ? topic : story.topic,
    reasonPattern: reason === null ? "" : maskReason(reason),
    sourcePartition: partition === undefined ? NO_NUMBER : BigInt(partition),
    sourceOffset: offset === undefined ? NO_NUMBER : BigInt(offset),
    messageKey: story.messageKey,
    group: story.group,
  };
}

const EVENTS = "events:";

/** A topic is granted by its events scope, whichever server asked; a tool on its server. */
export function scopeOf(server: string, tool: string): string {
  return tool === "" || server === "" || tool.startsWith(EVENTS) ? tool : `${server}/${tool}`;
}
