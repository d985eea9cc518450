import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { INTEGRITIES } from "@/lib/chain/model.ts";
import { chainDocument, chainTextLines } from "@/lib/chain/text-chain.ts";
import { walk } from "@/lib/chain/walk.ts";
import { type ChainArguments, parseChainArguments } from "./receipt-arguments.ts";
import { findNamed } from "./receipt-lookup.ts";
import { showOutcome } from "./receipt-outcome.ts";
import { NAME_LENGTH } from "./receipt-words.ts";
import { refuse } from "./refuse.ts";
import { writeJson } from "./safe-json.ts";
import { safeText } from "./safe-text.ts";
import type { Sink, Surroundings } from "./surroundings.ts";

const COMMAND = "chio receipt chain";
/** Characters that are written at once. */
const PIECE = 64 * 1024;
const FAILS = INTEGRITIES.indexOf("does-not-verify");

/**
 * `chio receipt chain ID --direction forward|backward|both [--depth N] [--json] PATH...`: what a receipt brought
 * about, or what brought it about, as the documentation's tree. Exit 1 where a receipt of it does not verify.
 */
export async function runReceiptChain(
  words: readonly string[],
  around: Surroundings,
): Promise<number> {
  const given = parseChainArguments(words);
  if (!given.ok) {
    return refuse(COMMAND, given.error, around);
  }
  const found = await findNamed(COMMAND, given.value, around);
  if (!found.ok) {
    return refuse(COMMAND, found.error, around);
  }
  const { read, row } = found.value;
  const { chain } = read.conclusion;
  const node = chain.nodes.nodeOfRow(read.dataset.rows.numberOf(row));
  print(chain, node, given.value, around.out);
  return showOutcome(COMMAND, read, isAnyFailing(chain, node, given.value), around);
}

function print(
  chain: ChainIndex,
  node: number,
  { direction, depth, json }: ChainArguments,
  out: Sink,
): void {
  if (json) {
    writeJson(JSON.stringify(chainDocument(chain, node, direction, depth), null, 2), out);
    return;
  }
  const fit = (text: string): string => safeText(text, NAME_LENGTH);
  let piece = "";
  for (const line of chainTextLines(chain, node, direction, depth, fit)) {
    piece += `${line}\n`;
    if (piece.length >= PIECE) {
      out.write(piece);
      piece = "";
    }
  }
  out.write(piece);
}

function isAnyFailing(
  chain: ChainIndex,
  node: number,
  { direction, depth }: ChainArguments,
): boolean {
  const { integrity } = chain.nodes;
  return walk(chain, node, direction, depth).nodes.some((each) => integrity[each] === FAILS);
}
