import { jsonInteger } from "@/kernel/record-members.ts";
import { type Candidate, candidate, type Denied } from "./candidate.ts";

/** What would have left room in the budget: a cap that is just high enough for this call. */
export function budgetCandidates(denied: Denied): readonly Candidate[] {
  const { documents, context, evaluation } = denied;
  const { grant, capability } = evaluation;
  if (grant === null || capability === null) {
    return [];
  }
  const used = context.usage(capability.id, grant.index);
  const base = `/scope/grants/${grant.index}`;
  const { maxInvocations, maxTotalCost, maxCostPerInvocation } = grant.grant;
  const found: Candidate[] = [];
  const raise = (member: string, value: bigint, about: string): void => {
    const edit = { pointer: base + member, kind: "replace", after: jsonInteger(value) } as const;
    found.push(candidate(documents, "capability", edit, about, 1));
  };
  if (maxInvocations !== null) {
    raise("/max_invocations", used.invocations + 1n, "room for one more call");
  }
  if (maxTotalCost !== null) {
    const needed = used.exposed + used.realized + (maxCostPerInvocation?.units ?? 0n);
    raise("/max_total_cost/units", needed, `a total of ${needed} ${maxTotalCost.currency}`);
  }
  return found;
}
