import type { ViewDoc } from "./view-docs.ts";

export const RECEIPT_VIEWS: readonly ViewDoc[] = [
  {
    name: "receipts",
    meaning: "Every receipt that was read, one row each.",
    columns: [
      { name: "row", type: "INTEGER", meaning: "Number of the receipt in what is loaded." },
      { name: "file", type: "VARCHAR", meaning: "File it was read from." },
      {
        name: "seq",
        type: "UBIGINT",
        meaning: "Sequence number in its log; null where it has none.",
      },
      {
        name: "timestamp",
        type: "UBIGINT",
        meaning: "When it was made, in whole Unix seconds, as the receipt says.",
      },
      {
        name: "form",
        type: "VARCHAR",
        meaning: "Form of the receipt: v1, pre-v1, child, http or documentation.",
      },
      { name: "kernel_key", type: "VARCHAR", meaning: "Key of the kernel that signed, in hex." },
      { name: "id", type: "VARCHAR", meaning: "Id of the receipt." },
      { name: "capability_id", type: "VARCHAR", meaning: "Capability that was shown." },
      { name: "agent", type: "VARCHAR", meaning: "Who asked: the subject of the capability." },
      { name: "service", type: "VARCHAR", meaning: "Service that the call belongs to." },
      { name: "tool_server", type: "VARCHAR", meaning: "Server of the tool." },
      {
        name: "tool_name",
        type: "VARCHAR",
        meaning: "Tool, or events:consume:<topic> and events:produce:<topic>.",
      },
      { name: "decision", type: "VARCHAR", meaning: "allow, deny, cancelled, incomplete or none." },
      { name: "guard", type: "VARCHAR", meaning: "Guard that decided; empty where none is named." },
      { name: "reason", type: "VARCHAR", meaning: "Reason of the decision, as written." },
      { name: "trust_level", type: "VARCHAR", meaning: "Level of trust that the receipt states." },
      { name: "tenant_id", type: "VARCHAR", meaning: "Tenant; empty where none is named." },
      { name: "policy_hash", type: "VARCHAR", meaning: "Hash of the policy that was in force." },
      {
        name: "reason_pattern",
        type: "VARCHAR",
        meaning: "The reason with ids, paths, numbers and hosts masked.",
      },
      {
        name: "scope",
        type: "VARCHAR",
        meaning: "What would have had to be granted: the events scope, or server/tool.",
      },
      {
        name: "topic",
        type: "VARCHAR",
        meaning: "Kafka topic of the event that was judged; empty for a tool call.",
      },
      { name: "source_partition", type: "UBIGINT", meaning: "Partition of that event." },
      { name: "source_offset", type: "UBIGINT", meaning: "Offset of that event." },
      { name: "message_key", type: "VARCHAR", meaning: "Key of that event." },
      { name: "consumer_group", type: "VARCHAR", meaning: "Consumer group that read it." },
      {
        name: "cost_units",
        type: "UBIGINT",
        meaning: "Cost of the call in the smallest unit of its currency; null where none is said.",
      },
      { name: "cost_currency", type: "VARCHAR", meaning: "Currency of the cost." },
      {
        name: "integrity",
        type: "VARCHAR",
        meaning:
          "What the check found: verified, verified-not-checkpointed, self-consistent, does-not-verify, not-checked or unsigned; null until it is judged.",
      },
      { name: "inclusion", type: "VARCHAR", meaning: "Whether a checkpoint includes it." },
      { name: "checkpoint_seq", type: "UBIGINT", meaning: "Checkpoint that includes it." },
      {
        name: "copy_of",
        type: "UBIGINT",
        meaning:
          "Row that stands for the same receipt, where this one is a copy; null for the first.",
      },
    ],
  },
  {
    name: "guards",
    meaning: "One row for each guard that a receipt says ran.",
    columns: [
      { name: "row", type: "INTEGER", meaning: "Row in receipts." },
      { name: "position", type: "BIGINT", meaning: "Place in the order of the guards, from 1." },
      { name: "guard", type: "VARCHAR", meaning: "Name of the guard." },
      {
        name: "passed",
        type: "BOOLEAN",
        meaning: "True for passed, false for refused, null where the receipt does not say.",
      },
      { name: "decided", type: "BOOLEAN", meaning: "True for the guard that the decision names." },
    ],
  },
  {
    name: "edges",
    meaning: "What led to what: one row for each link between two receipts or capabilities.",
    columns: [
      { name: "parent_id", type: "VARCHAR", meaning: "Id of the cause." },
      { name: "child_id", type: "VARCHAR", meaning: "Id of the consequence." },
      {
        name: "sources",
        type: "VARCHAR",
        meaning: "What says so, parted by commas; delegation for capabilities.",
      },
      { name: "strength", type: "VARCHAR", meaning: "How firmly: signed, asserted or inferred." },
      {
        name: "parent_tool",
        type: "VARCHAR",
        meaning: "Tool of the cause; null where it is not loaded.",
      },
      { name: "child_tool", type: "VARCHAR", meaning: "Tool of the consequence." },
      { name: "parent_decision", type: "VARCHAR", meaning: "Decision of the cause." },
      { name: "child_decision", type: "VARCHAR", meaning: "Decision of the consequence." },
      {
        name: "parent_timestamp",
        type: "UBIGINT",
        meaning: "Time of the cause in whole Unix seconds.",
      },
      { name: "child_timestamp", type: "UBIGINT", meaning: "Time of the consequence." },
      {
        name: "parent_row",
        type: "UBIGINT",
        meaning: "Row of the cause in receipts; null where it is not loaded.",
      },
      { name: "child_row", type: "UBIGINT", meaning: "Row of the consequence in receipts." },
    ],
  },
];
