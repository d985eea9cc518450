import { isArray, type JsonObject, member } from "@/kernel/json/value.ts";
import { objectAt, text } from "@/kernel/receipt/read.ts";
import { linesOf, recordOf } from "../../manifest.ts";
import type { ChoreographyFile, ChoreographyTruth } from "../model.ts";

export type Files = Readonly<Record<ChoreographyFile, string>>;

export interface Receipt {
  readonly id: string;
  readonly seq: number;
  readonly value: JsonObject;
  readonly tool: string;
  readonly verdict: string;
  readonly time: number;
}

/** Everything that the files say, read in the plainest way there is: nothing here is the product's. */
export interface Recount {
  readonly receipts: readonly Receipt[];
  /** `parent child`, with what tells of it. */
  readonly links: ReadonlyMap<string, ReadonlySet<string>>;
  readonly strengths: Readonly<Record<"asserted" | "observed" | "verified", number>>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly missing: readonly string[];
  readonly roots: readonly string[];
  readonly confirmed: ReadonlySet<string>;
  readonly rolledBack: readonly string[];
  readonly records: number;
  readonly statements: number;
}

export function recount(files: Files): Recount {
  const receipts = linesOf(files.receipts).map((line): Receipt => {
    const row = recordOf(line);
    const value = objectAt(row, "receipt") ?? {};
    const decision = objectAt(value, "decision") ?? {};
    return {
      id: text(value, "id"),
      seq: Number(member(row, "seq")),
      value,
      tool: text(value, "tool_name"),
      verdict: text(decision, "verdict"),
      time: Number(member(value, "timestamp")),
    };
  });
  const records = linesOf(files.records).map(recordOf);
  const statements = linesOf(files.statements).map(recordOf);
  const links = new Map<string, Set<string>>();
  const strongest = new Map<string, number>();
  const tell = (parent: string, child: string, source: string, strength: number): void => {
    const pair = `${parent} ${child}`;
    const sources = links.get(pair) ?? new Set();
    links.set(pair, sources.add(source));
    strongest.set(pair, Math.max(strongest.get(pair) ?? 0, strength));
  };
  const producers = new Map<string, string>();
  for (const record of records) {
    const carried = headerOf(record, "X-Chio-Receipt");
    if (carried !== null) {
      producers.set(place(record), carried);
    }
  }
  for (const record of records) {
    const parent = headerOf(record, "X-Chio-Parent-Receipt");
    const produced = headerOf(record, "X-Chio-Receipt");
    if (parent !== null && produced !== null) {
      tell(parent, produced, "record-header", 1);
    }
  }
  for (const { id, value, tool } of receipts) {
    const chain = objectAt(
      objectAt(objectAt(value, "metadata") ?? {}, "governed_transaction") ?? {},
      "call_chain",
    );
    if (chain !== null) {
      const strength = ["asserted", "observed", "verified"].indexOf(text(chain, "evidenceClass"));
      tell(text(chain, "parentReceiptId"), id, "call-chain", strength);
    }
    const parameters = objectAt(objectAt(value, "action") ?? {}, "parameters") ?? {};
    const producer = producers.get(place(parameters));
    if (tool.startsWith("events:consume:") && producer !== undefined) {
      tell(producer, id, "record-header", 1);
    }
  }
  for (const statement of statements) {
    tell(text(statement, "parentReceiptId"), text(statement, "childReceiptId"), "lineage", 2);
  }
  const known = new Set(receipts.map(({ id }) => id));
  const children = new Map<string, string[]>();
  const withParent = new Set<string>();
  for (const pair of links.keys()) {
    const [parent = "", child = ""] = pair.split(" ");
    const list = children.get(parent) ?? [];
    list.push(child);
    children.set(parent, list);
    withParent.add(child);
  }
  return {
    receipts,
    links,
    strengths: {
      asserted: [...strongest.values()].filter((one) => one === 0).length,
      observed: [...strongest.values()].filter((one) => one === 1).length,
      verified: [...strongest.values()].filter((one) => one === 2).length,
    },
    children,
    missing: [...children.keys()].filter((id) => !known.has(id)),
    roots: receipts.filter(({ id }) => !withParent.has(id)).map(({ id }) => id),
    ...settlements(receipts, records),
    records: records.length,
    statements: statements.length,
  };
}

/** Those whose envelope was kept; and those that a later attempt at the same request, or a record, takes back. */
function settlements(
  receipts: readonly Receipt[],
  records: readonly JsonObject[],
): Pick<Recount, "confirmed" | "rolledBack"> {
  const confirmed = new Set<string>();
  const takenBack = new Set<string>();
  const kept = new Map<string, string>();
  for (const record of records) {
    const value = recordOf(atob(text(record, "value_b64")));
    if (text(value, "version") === "chio-streaming/v1") {
      const id = text(objectAt(value, "receipt") ?? {}, "id");
      confirmed.add(id);
      kept.set(text(value, "request_id"), id);
    }
    if (text(value, "state") === "rolled_back") {
      takenBack.add(text(value, "receipt_id"));
    }
  }
  for (const { id, value } of receipts) {
    const parameters = objectAt(objectAt(value, "action") ?? {}, "parameters") ?? {};
    const later = kept.get(text(parameters, "request_id"));
    if (later !== undefined && later !== id) {
      takenBack.add(id);
    }
  }
  return { confirmed, rolledBack: [...takenBack] };
}

/** What the generator counted, from the files alone. */
export function countsOf(
  found: Recount,
): Omit<ChoreographyTruth, "edited" | "orders" | "perOrder" | "hotRoot"> {
  const told = (source: string): number =>
    [...found.links.values()].filter((sources) => sources.has(source)).length;
  const decided = (verdict: string): number =>
    found.receipts.filter((one) => one.verdict === verdict).length;
  return {
    receipts: found.receipts.length,
    denied: decided("deny"),
    incomplete: decided("incomplete"),
    links: found.links.size,
    linksBySource: {
      "call-chain": told("call-chain"),
      lineage: told("lineage"),
      "record-header": told("record-header"),
    },
    linksByStrength: found.strengths,
    missing: [...found.missing].sort(),
    roots: found.roots.length,
    confirmed: found.confirmed.size,
    rolledBack: [...found.rolledBack].sort(),
    records: found.records,
    statements: found.statements,
  };
}

/** Everything that a receipt brought about. */
export function descendants({ children }: Recount, root: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [root];
  for (let at = 0; at < waiting.length; at += 1) {
    for (const child of children.get(waiting[at] ?? "") ?? []) {
      if (!seen.has(child)) {
        seen.add(child);
        waiting.push(child);
      }
    }
  }
  return seen;
}

function place(record: JsonObject): string {
  return ["topic", "partition", "offset"].map((name) => String(member(record, name))).join(" ");
}

export function headerOf(record: JsonObject, name: string): string | null {
  const headers = member(record, "headers");
  for (const pair of isArray(headers) ? headers : []) {
    if (isArray(pair) && pair[0] === name && typeof pair[1] === "string") {
      return atob(pair[1]);
    }
  }
  return null;
}
