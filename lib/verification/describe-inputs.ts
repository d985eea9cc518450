import type { Dataset, PlacedReject } from "./dataset.ts";
import type { MemberInfo } from "./members.ts";
import type { VerificationReport } from "./report.ts";
import { FORMS } from "./unit-result.ts";

const FORM_NAMES: Readonly<Record<(typeof FORMS)[number], string>> = {
  documentation: "receipts (documentation form)",
  "pre-v1": "receipts (pre-v1)",
  v1: "receipts (v1)",
  child: "child receipts",
  http: "HTTP receipts",
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  checkpoint: "checkpoints",
  "consistency-record": "consistency records",
  publication: "checkpoint publications",
  witness: "checkpoint witnesses",
  "equivocation-record": "equivocation records",
  capability: "capability tokens",
  lineage: "capability lineage",
  "request-lineage": "request lineage",
  "tool-manifest": "tool manifests",
  statement: "signed statements",
  "anchor-proof": "anchor proofs",
  "evidence-manifest": "evidence manifest",
  query: "export query",
  retention: "retention record",
  revocation: "revocations",
  budget: "budgets",
  "claim-entry": "claim log",
  "trust-file": "trust file",
};

/** The inputs of the report: each dropped file, and under an archive or a store its members. */
export function describeInputs(
  dataset: Dataset,
  rejects: ReadonlyMap<PlacedReject, unknown>,
  isTrustInput: (input: number) => boolean,
): VerificationReport["inputs"] {
  const kinds = recordKinds(dataset);
  const rejected = new Map<number, number>();
  for (const { member } of rejects.keys()) {
    rejected.set(member, (rejected.get(member) ?? 0) + 1);
  }
  const membersOf = new Map<number, MemberInfo[]>();
  for (const member of dataset.members.all) {
    const own = membersOf.get(member.input);
    if (own === undefined) {
      membersOf.set(member.input, [member]);
    } else {
      own.push(member);
    }
  }
  return dataset.inputs.flatMap((input) => {
    if (isTrustInput(input.input)) {
      return [];
    }
    const members = membersOf.get(input.input) ?? [];
    const described = members.map((member) => ({
      path: member.path,
      sha256: member.sha256,
      recognised_as: recognisedAs(dataset, member, kinds.get(member.id)),
      rows: dataset.members.recordsOf(member.id),
      rejected: rejected.get(member.id) ?? 0,
    }));
    const [only] = described;
    if (described.length === 1 && only?.path === input.path) {
      const { recognisedAs } = input;
      return [recognisedAs === "file" ? only : { ...only, recognised_as: recognisedAs }];
    }
    const whole = {
      path: input.path,
      sha256: input.sha256,
      recognised_as: input.recognisedAs,
      rows: described.reduce((sum, { rows }) => sum + rows, 0),
      rejected: described.reduce((sum, member) => sum + member.rejected, 0),
    };
    return [whole, ...described];
  });
}

function recognisedAs(
  dataset: Dataset,
  { id, layout }: MemberInfo,
  kinds: ReadonlySet<string> = new Set(),
): string {
  if (kinds.size > 0) {
    return [...kinds].join(", ");
  }
  switch (layout) {
    case "empty":
    case "text":
    case "binary":
      return layout;
    case "lines":
    case "grouped":
    case "quoted":
    case "values":
    case "rows":
      return dataset.members.recordsOf(id) === 0 ? "empty" : "not recognised";
  }
}

/** What was found in each member, in the order in which kinds were first met. */
function recordKinds(dataset: Dataset): ReadonlyMap<number, ReadonlySet<string>> {
  const { rows } = dataset;
  const kinds = new Map<number, Set<string>>();
  const add = (member: number, name: string): void => {
    const own = kinds.get(member) ?? new Set<string>();
    own.add(name);
    kinds.set(member, own);
  };
  for (const { member, chain } of dataset.chain.units) {
    if (chain.exported.records > 0) {
      add(member, "Kafka record export");
    }
  }
  for (const unit of rows.units) {
    const forms = new Set(rows.form.subarray(unit.first, unit.first + unit.count));
    for (const form of forms) {
      add(unit.member, FORM_NAMES[FORMS[form] ?? "v1"]);
    }
  }
  for (const member of dataset.proofs.members()) {
    add(member, "inclusion proofs");
  }
  for (const { kind, member } of dataset.others) {
    add(member, OTHER_NAMES[kind] ?? kind);
  }
  return kinds;
}
