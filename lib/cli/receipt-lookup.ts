import { err, ok, type Result } from "@/kernel/result.ts";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { FLAG } from "@/lib/verification/unit-result.ts";
import { type Verified, verifyNamed, whileReading } from "./open-inputs.ts";
import type { OneReceipt } from "./receipt-arguments.ts";
import { factsOf, scanReceipts } from "./receipt-scan.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import type { ReadInputs } from "./verify-inputs.ts";

/** Characters of an id that are enough to look for it. */
const SHORTEST = 6;
/** Names listed in a sentence. */
const LISTED = 5;
const SHOWN = 100;

/** What was read, and the receipt that was asked for in it. */
export interface NamedReceipt {
  readonly read: Verified;
  /** In the dataset. */
  readonly row: number;
}

/** Reads and verifies what is named, and looks the receipt up in it. The error is a sentence. */
export async function findNamed(
  command: string,
  asked: OneReceipt,
  around: Surroundings,
): Promise<Result<NamedReceipt, string>> {
  const read = await verifyNamed(command, asked, around);
  if (!read.ok) {
    return read;
  }
  const row = await whileReading(() => findReceipt(read.value, asked.id));
  return row.ok ? ok({ read: read.value, row: row.value }) : row;
}

/**
 * The row of the receipt with this id or alias, or the one receipt whose id or alias begins so. Of several
 * copies it is the one that must not be overlooked: the first of the worst. The error is a sentence.
 */
async function findReceipt(read: ReadInputs, asked: string): Promise<Result<number, string>> {
  const found = rowsById(read, asked);
  if (found.exact !== -1) {
    return ok(found.exact);
  }
  const aliases = await rowsByAlias(read, asked);
  if (aliases.exact.size === 1) {
    return onlyOf(aliases.exact);
  }
  const beginning = new Set([...found.beginning, ...aliases.exact, ...aliases.beginning]);
  if (beginning.size === 1) {
    return onlyOf(beginning);
  }
  return err(beginning.size > 1 ? severalBegin(read, asked, beginning) : noneHas(read, asked));
}

/** A beginning that is shorter names nothing. */
function begins(name: string, asked: string): boolean {
  return asked.length >= SHORTEST && name.startsWith(asked);
}

function rowsById(
  { dataset: { rows }, conclusion: { statuses } }: ReadInputs,
  asked: string,
): { readonly exact: number; readonly beginning: ReadonlySet<number> } {
  const beginning = new Set<number>();
  let denial = -1;
  for (let row = 0; row < rows.count; row += 1) {
    const id = rows.idOf(row);
    if (id === asked) {
      // A client's made-up denial may bear any id: it is meant where no receipt has it.
      if (!rows.has(row, FLAG.synthetic)) {
        return { exact: statuses.standsFor[row] ?? row, beginning };
      }
      denial = denial === -1 ? row : denial;
    }
    if (begins(id, asked)) {
      beginning.add(statuses.standsFor[row] ?? row);
    }
  }
  return { exact: denial, beginning };
}

/** Aliases stand in the receipts alone, so these are read once more: only for what no id is. */
async function rowsByAlias(
  { dataset: { rows }, members, conclusion: { statuses } }: ReadInputs,
  asked: string,
): Promise<{ readonly exact: ReadonlySet<number>; readonly beginning: ReadonlySet<number> }> {
  const fitting = new Map<string, boolean>();
  for await (const { place, found } of scanReceipts(members)) {
    const { aliases } = factsOf(found);
    if (aliases.some((alias) => alias === asked || begins(alias, asked))) {
      const key = placeKey(place.member, place.offset, place.pointer);
      fitting.set(key, aliases.includes(asked));
    }
  }
  const exact = new Set<number>();
  const beginning = new Set<number>();
  for (let row = 0; fitting.size > 0 && row < rows.count; row += 1) {
    const { member, offset, pointer } = rows.placeOf(row, "");
    const isExact = fitting.get(placeKey(member, offset ?? -1, pointer));
    if (isExact !== undefined) {
      (isExact ? exact : beginning).add(statuses.standsFor[row] ?? row);
    }
  }
  return { exact, beginning };
}

function placeKey(member: number, offset: number, pointer: string): string {
  return `${member} ${offset} ${pointer}`;
}

function onlyOf(rows: ReadonlySet<number>): Result<number, string> {
  const [row] = rows;
  return row === undefined ? err("no receipt") : ok(row);
}

function severalBegin(
  { dataset: { rows } }: ReadInputs,
  asked: string,
  found: ReadonlySet<number>,
): string {
  const listed = [...found].slice(0, LISTED).map((row) => safeText(rows.idOf(row), SHOWN));
  const more = found.size > LISTED ? ` and ${found.size - LISTED} more` : "";
  return `${safeText(asked, SHOWN)} could be ${found.size} receipts: ${listed.join(", ")}${more}; give more of the id`;
}

function noneHas({ conclusion: { statuses, chain } }: ReadInputs, asked: string): string {
  const shown = safeText(asked, SHOWN);
  const count = statuses.receipts + statuses.synthetic;
  const read = `${count.toLocaleString("en-US")} ${count === 1 ? "receipt was" : "receipts were"} read`;
  const namedBy = namedAsParentBy(chain, asked);
  if (namedBy !== null) {
    return `${shown} is not loaded, only named as a cause by ${namedBy}; ${read}. Name the file that holds it too`;
  }
  const hint = asked.length < SHORTEST ? `; a beginning of an id needs ${SHORTEST} characters` : "";
  return `no receipt has the id ${shown}; ${read}${hint}`;
}

/** Who names a parent that is not loaded. */
function namedAsParentBy(chain: ChainIndex, asked: string): string | null {
  const { nodes } = chain;
  const node = nodes.find(asked);
  if (node < nodes.receipts) {
    return null;
  }
  const children = chain.childrenOf(node);
  const listed = Array.from(children.subarray(0, LISTED), (child) =>
    safeText(nodes.idOf(child), SHOWN),
  );
  const more = children.length > LISTED ? ` and ${children.length - LISTED} more` : "";
  return `${listed.join(", ")}${more}`;
}
