import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import type { ReceiptFacts } from "@/kernel/receipt/facts.ts";
import { contextOf, readRowOf } from "@/lib/ingest/read-row.ts";
import type { Member } from "@/lib/ingest/record.ts";
import { FileChanged } from "@/lib/verification/read-again.ts";
import { EXIT } from "./exit.ts";
import { nodePlatform } from "./node-platform.ts";
import { withInputs } from "./open-inputs.ts";
import { type ListArguments, type ListFilter, parseListArguments } from "./receipt-arguments.ts";
import { factsOf, lineOf, receiptsIn, type ScannedPlace, scanReceipts } from "./receipt-scan.ts";
import { refuse } from "./refuse.ts";
import { writeJson } from "./safe-json.ts";
import type { Surroundings } from "./surroundings.ts";
import { type CliProgress, expandAll } from "./verify-inputs.ts";

const COMMAND = "chio receipt list";

/**
 * `chio receipt list PATH...` with the filters: one receipt as JSON on each line of standard output, and where
 * there are more `next_cursor=N total_count=N` on standard error. Lists what stands there; verifies nothing.
 */
export async function runReceiptList(
  words: readonly string[],
  around: Surroundings,
): Promise<number> {
  const given = parseListArguments(words);
  if (!given.ok) {
    return refuse(COMMAND, given.error, around);
  }
  const read = await withInputs(
    COMMAND,
    given.value.paths,
    around,
    async (inputs, onProgress): Promise<Page> => {
      const { members } = await expandAll(inputs, onProgress);
      return readPage(members, given.value, nodePlatform().primitives, onProgress);
    },
  );
  if (!read.ok) {
    return refuse(COMMAND, read.error, around);
  }
  const { lines, total, next, seen } = read.value;
  if (seen === 0) {
    return refuse(COMMAND, "no receipt was found in what was named", around);
  }
  for (const line of lines) {
    writeJson(line, around.out);
  }
  if (next !== null) {
    around.complain.write(`next_cursor=${next} total_count=${total}\n`);
  }
  return EXIT.nothingFails;
}

interface Page {
  readonly lines: readonly string[];
  /** Receipts that fit the filter, on this page and off it. */
  readonly total: number;
  readonly next: number | null;
  /** Receipts read, whether or not they fit. */
  readonly seen: number;
}

interface Listed {
  readonly place: ScannedPlace;
  /** From 1, over all receipts in the order of the files. */
  readonly position: number;
  readonly seq: number | null;
}

async function readPage(
  members: ReadonlyMap<number, Member>,
  { filter, limit, cursor }: ListArguments,
  primitives: Primitives,
  onProgress: (progress: CliProgress) => void,
): Promise<Page> {
  const fitting: Listed[] = [];
  const known = new Set<string>();
  const sequences = new Set<bigint>();
  for await (const { place, found } of scanReceipts(members, onProgress)) {
    // A store and its export both hold a receipt: the same content is one line, another content another.
    const text = canonicalize(found.receipt);
    const before = known.size;
    known.add(toHex(primitives.sha256(primitives.utf8(text))));
    if (known.size === before) {
      continue;
    }
    if (found.seq !== null) {
      sequences.add(found.seq);
    }
    if (fits(factsOf(found), filter)) {
      const seq = found.seq === null ? null : Number(found.seq);
      fitting.push({ place, position: known.size, seq });
    }
  }
  // Only where every receipt has a number of its own can a page end at a number.
  const isNumbered = sequences.size === known.size;
  const numberOf = ({ seq, position }: Listed): number =>
    isNumbered && seq !== null ? seq : position;
  fitting.sort((a, b) => numberOf(a) - numberOf(b));
  const after = cursor === null ? fitting : fitting.filter((each) => numberOf(each) > cursor);
  const page = after.slice(0, limit);
  const lines: string[] = [];
  for (const { place } of page) {
    lines.push(await readLine(members, place));
  }
  const last = page.at(-1);
  const next = last !== undefined && after.length > page.length ? numberOf(last) : null;
  return { lines, total: fitting.length, next, seen: known.size };
}

async function readLine(
  members: ReadonlyMap<number, Member>,
  { member, offset, length, pointer }: ScannedPlace,
): Promise<string> {
  const from = members.get(member);
  const bytes = await from?.source.read(offset, offset + length);
  if (from === undefined || bytes === undefined) {
    throw new FileChanged();
  }
  const all = receiptsIn(readRowOf(bytes, from), contextOf(from, from.path));
  const found = all.find((each) => each.pointer === pointer);
  if (found === undefined) {
    throw new FileChanged();
  }
  return lineOf(new TextDecoder().decode(bytes), found);
}

function fits(facts: ReceiptFacts, filter: ListFilter): boolean {
  const { timestamp: time, cost } = facts;
  return (
    isOrAny(filter.capability, facts.capabilityId) &&
    isOrAny(filter.toolServer, facts.toolServer) &&
    isOrAny(filter.toolName, facts.toolName) &&
    isOrAny(filter.outcome, facts.decision) &&
    isOrAny(filter.tenant, facts.tenantId) &&
    isWithin(filter.since, time, filter.until) &&
    isWithin(filter.minCost, cost?.units ?? null, filter.maxCost)
  );
}

function isOrAny(asked: string | null, value: string | null): boolean {
  return asked === null || asked === value;
}

/** What has no such value is inside only where nothing is asked of it. */
function isWithin(least: bigint | null, value: bigint | null, most: bigint | null): boolean {
  if (least === null && most === null) {
    return true;
  }
  return value !== null && value >= (least ?? value) && value <= (most ?? value);
}
