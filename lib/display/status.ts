import type {
  Answer,
  EdgeState,
  Headline,
  QuestionName,
  ReceiptStatus,
  SealEdges,
} from "@/lib/verification/report.ts";

/** The words of the two axes. They are used verbatim everywhere and never mixed. */

/** A receipt's integrity as a row shows it; null while the run has not judged it. */
export type IntegrityState = ReceiptStatus | "unsigned" | null;

export const STATUS_WORDS: Readonly<Record<ReceiptStatus | "unsigned", string>> = {
  verified: "Verified",
  "verified-not-checkpointed": "Verified, not checkpointed",
  "self-consistent": "Self-consistent",
  "does-not-verify": "Does not verify",
  "not-checked": "Not checked",
  unsigned: "Unsigned, set aside",
};

export function statusWord(status: IntegrityState): string {
  return status === null ? "Checking" : STATUS_WORDS[status];
}

export type Decision = "allow" | "deny" | "cancelled" | "incomplete" | "none";

export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  allow: "Allowed",
  deny: "Denied",
  cancelled: "Cancelled",
  incomplete: "Incomplete",
  none: "No decision",
};

export const HEADLINE_WORDS: Readonly<Record<Headline, string>> = {
  verified: "Verified",
  "self-consistent": "Self-consistent",
  "does-not-verify": "Does not verify",
  "not-checked": "Not checked",
};

export const ANSWER_WORDS: Readonly<Record<Answer, string>> = {
  yes: "Yes",
  no: "No",
  "cannot-tell": "Can’t tell",
};

/** The five questions in their order, with the question that each name stands for. */
export const QUESTIONS: readonly {
  readonly name: QuestionName;
  readonly title: string;
  readonly asks: string;
}[] = [
  { name: "authentic", title: "Authentic", asks: "Signed by keys you pinned?" },
  { name: "unaltered", title: "Unaltered", asks: "Same as when signed?" },
  { name: "included", title: "Included", asks: "Proved inside a checkpoint?" },
  { name: "complete", title: "Complete", asks: "Anything missing?" },
  { name: "consistent", title: "Consistent", asks: "One history, no forks?" },
];

/** The seal's edges, clockwise from top right. */
export const EDGE_NAMES: readonly (keyof SealEdges)[] = [
  "format",
  "hash",
  "signature",
  "key",
  "inclusion",
  "continuity",
];

const EDGE_WORDS: Readonly<Record<EdgeState, string>> = {
  holds: "holds",
  fails: "does not fit",
  unknown: "can’t tell",
  open: "not covered yet",
};

/** What the seal says, for someone who does not see it. */
export function describeSeal(word: string, edges: SealEdges): string {
  const said = EDGE_NAMES.map((name) => `${name} ${EDGE_WORDS[edges[name]]}`);
  return `${word}: ${said.join(", ")}`;
}
