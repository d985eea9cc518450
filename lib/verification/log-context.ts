import { asText, asU64, member } from "@/kernel/json/value.ts";
import type { Dataset } from "./dataset.ts";
import type { Drafted } from "./draft-findings.ts";
import type { Draft } from "./ledger.ts";
import type { ClaimEntry, Log } from "./log.ts";

/** The claim logs of stores: which receipt stands at a position of the checkpointed sequence. */
export function claimEntries(
  dataset: Dataset,
): ReadonlyMap<string, ReadonlyMap<number, ClaimEntry>> {
  const found = new Map<string, Map<number, ClaimEntry>>();
  for (const record of dataset.others) {
    if (record.kind !== "claim-entry") {
      continue;
    }
    const group = dataset.members.groupOf(record.member);
    const entries = found.get(group) ?? new Map<number, ClaimEntry>();
    const position = Number(asU64(member(record.value, "entry_seq")) ?? Number.NaN);
    const seq = Number(asU64(member(record.value, "source_seq")) ?? Number.NaN);
    const isChild = asText(member(record.value, "receipt_kind")) === "child_receipt";
    entries.set(position, { kind: isChild ? "child" : "tool", seq });
    found.set(group, entries);
  }
  return found;
}

type Rejects = { readonly count: number; readonly draft: Draft | null };

/** How many rows of a log's files could not be read, and the finding that says most about them. */
export function rejectsByGroup(dataset: Dataset, drafted: Drafted): (log: Log) => Rejects {
  const byGroup = new Map<string, { count: number; draft: Draft | null }>();
  for (const [reject, draft] of drafted.draftOfReject) {
    const group = dataset.members.groupOf(reject.member);
    const known = byGroup.get(group);
    if (known === undefined) {
      byGroup.set(group, { count: 1, draft });
    } else {
      known.count += 1;
      if (known.draft?.severity !== "error" && draft.severity === "error") {
        known.draft = draft;
      }
    }
  }
  return (log) => {
    const found = [...log.groups].flatMap((group) => byGroup.get(group) ?? []);
    const error = found.find(({ draft }) => draft?.severity === "error") ?? found[0];
    return {
      count: found.reduce((sum, { count }) => sum + count, 0),
      draft: error?.draft ?? null,
    };
  };
}
