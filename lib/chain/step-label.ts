import type { NodeFacts } from "./model.ts";

/** Makes a text from a log fit for where it is written: a terminal, a file. */
export type Escape = (text: string) => string;

/** The texts of a receipt as they are, for places that need no escapes. */
export function asItIs(text: string): string {
  return text;
}

/** What a step did, in the documentation's words: `order.placed produced by order-service`. */
export function stepLabel(facts: NodeFacts, print: Escape = asItIs): string {
  const by = facts.service === "" ? "" : ` by ${print(facts.service)}`;
  switch (facts.boundary) {
    case "produce":
      return `${carried(facts, print)}produced${by}`;
    case "consume":
      return `${carried(facts, print)}consumed${by}`;
    case "tool":
      return facts.tool === "" ? `tool call${by}` : `${print(facts.tool)} tool call`;
    case "checkpoint":
      return `checkpoint${by}`;
    case "other":
      return facts.tool === "" ? `step${by}` : `${print(facts.tool)}${by}`;
  }
}

function carried(facts: NodeFacts, print: Escape): string {
  return facts.topic === "" ? "" : `${print(facts.topic)} `;
}

/** What must not be overlooked about a step, each in a few words. */
export function stepRemarks(facts: NodeFacts, print: Escape = asItIs): readonly string[] {
  const remarks: string[] = [];
  if (facts.decision === "deny") {
    remarks.push(facts.guard === "" ? "denied" : `denied by ${print(facts.guard)}`);
  } else if (facts.decision === "cancelled" || facts.decision === "incomplete") {
    remarks.push(facts.decision);
  }
  if (facts.settlement === "rolled-back") {
    remarks.push("rolled back");
  }
  if (facts.integrity === "does-not-verify") {
    remarks.push("does not verify");
  }
  return remarks;
}
