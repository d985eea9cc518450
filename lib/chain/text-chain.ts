import type { ChainLine } from "./answers.ts";
import type { ChainIndex } from "./chain-index.ts";
import type { Direction } from "./model.ts";

/** Makes a text from a log fit for where it is written: a terminal, a file. */
export type Escape = (text: string) => string;

/** The chain's lines. */
export function chainLines(
  index: ChainIndex,
  from: number,
  direction: Direction,
  depth: number | null,
): readonly ChainLine[] {
  return [
    { node: from, level: 0, repeated: false, cutOff: depth === 0 ? index.childCount(from) : 0 },
  ].slice(0, direction === "both" ? 2 : 1);
}

/** The chain as text. */
export function chainText(
  index: ChainIndex,
  from: number,
  direction: Direction,
  depth: number | null,
  print: Escape = (text) => text,
): string {
  return chainLines(index, from, direction, depth)
    .map((line) => print(index.nodes.idOf(line.node)))
    .join("\n");
}
