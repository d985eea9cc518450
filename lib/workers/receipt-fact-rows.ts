import type { ReceiptFacts } from "@/kernel/receipt/facts.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";

type FactRow = ReceiptDetail["facts"][number];

/** The facts of a receipt in the order in which a person asks for them; what it does not say is left out. */
export function receiptFactRows(facts: ReceiptFacts): readonly FactRow[] {
  const rows: FactRow[] = [];
  const add = (label: string, value: string | null, mono = false): void => {
    if (value !== null && value !== "") {
      rows.push({ label, value, mono });
    }
  };
  add("Id", facts.id, true);
  for (const alias of facts.aliases) {
    add("Also known as", alias, true);
  }
  add("Kind", facts.kind);
  add("Boundary", facts.boundaryClass);
  add("Result", facts.resultLabel);
  add("Refused by", facts.guard);
  add("Reason", facts.reason);
  add("Agent", facts.agent, true);
  add("Service", facts.service);
  add("Tool", facts.toolName);
  add("Tool server", facts.toolServer);
  add("Tenant", facts.tenantId);
  add("Trust level", facts.trustLevel);
  if (facts.cost !== null) {
    add("Cost", `${facts.cost.units} minor units of ${facts.cost.currency}`);
  }
  add("Capability", facts.capabilityId, true);
  add("Policy hash", facts.policyHash, true);
  add("Content hash", facts.contentHash, true);
  add("Parameter hash", facts.parameterHash, true);
  add("Kernel key", facts.kernelKey, true);
  return rows;
}
