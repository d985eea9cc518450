import type { VerificationReport } from "@/lib/verification/report.ts";

type Input = VerificationReport["inputs"][number];

/** Files of one folder, archive or store, in the report's order; a loose file has the collection "". */
export interface InputGroup {
  readonly key: string;
  readonly collection: string;
  readonly inputs: readonly { readonly name: string; readonly input: Input }[];
}

/** Neighbours that share the first part of their path, so that it is said once. */
export function groupInputs(inputs: readonly Input[]): readonly InputGroup[] {
  const groups: { key: string; collection: string; inputs: { name: string; input: Input }[] }[] =
    [];
  for (const input of inputs) {
    const cut = input.path.indexOf("/");
    const collection = cut === -1 ? "" : input.path.slice(0, cut);
    const last = groups.at(-1);
    const entry = { name: input.path.slice(cut + 1), input };
    if (last !== undefined && last.collection === collection && collection !== "") {
      last.inputs.push(entry);
    } else {
      groups.push({ key: `${groups.length} ${collection}`, collection, inputs: [entry] });
    }
  }
  return groups;
}
