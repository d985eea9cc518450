import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { type Delegation, LINK_SOURCES, STRENGTHS } from "@/lib/chain/model.ts";
import { NO_NUMBER } from "@/lib/verification/unit-result.ts";
import {
  codedTextColumn,
  int32Column,
  ipcStream,
  textColumn,
  uint64Column,
} from "./arrow-column.ts";

/** Links of one stream; a transaction holds all of them. */
const STREAM_LINKS = 122_880;

/** Every link as Arrow streams for the table `edge`, in the order of the consequences. */
export function edgeStreams({ nodes, edges }: ChainIndex): readonly Uint8Array[] {
  const streams: Uint8Array[] = [];
  for (let from = 0; from < edges.count; from += STREAM_LINKS) {
    const until = Math.min(from + STREAM_LINKS, edges.count);
    const count = until - from;
    const parents = edges.parent.subarray(from, until);
    const isLoaded = (node: number): boolean => node < nodes.receipts;
    const sources = sourceColumn(edges.sources.subarray(from, until));
    streams.push(
      ipcStream(count, [
        ["child_row", int32Column(rowsOf(edges.child.subarray(from, until), nodes.row))],
        [
          "parent_row",
          uint64Column(
            BigUint64Array.from(parents, (node) =>
              isLoaded(node) ? BigInt(nodes.row[node] ?? 0) : NO_NUMBER,
            ),
            NO_NUMBER,
          ),
        ],
        [
          "parent_name",
          textColumn(Array.from(parents, (node) => (isLoaded(node) ? "" : nodes.idOf(node)))),
        ],
        ["sources", codedTextColumn(sources.indices, sources.names)],
        [
          "strength",
          codedTextColumn(Int32Array.from(edges.strength.subarray(from, until)), STRENGTHS),
        ],
      ]),
    );
  }
  return streams;
}

/** Every delegation as an Arrow stream for the table `delegation`; none where there is none. */
export function delegationStreams(delegations: Iterable<Delegation>): readonly Uint8Array[] {
  const list = [...delegations];
  return list.length === 0
    ? []
    : [
        ipcStream(list.length, [
          ["capability_id", textColumn(list.map(({ capability }) => capability))],
          ["parent_capability_id", textColumn(list.map(({ parent }) => parent))],
          ["strength", textColumn(list.map(({ strength }) => strength))],
        ]),
      ];
}

function rowsOf(nodes: Int32Array, row: Int32Array): Int32Array {
  return nodes.map((node) => row[node] ?? 0);
}

/** Sets of sources by their names, parted by commas. */
function sourceColumn(sets: Uint8Array): {
  readonly indices: Int32Array;
  readonly names: readonly string[];
} {
  const distinct = [...new Set(sets)];
  const numbers = new Map(distinct.map((set, index) => [set, index]));
  return {
    indices: Int32Array.from(sets, (set) => numbers.get(set) ?? 0),
    names: distinct.map((set) =>
      LINK_SOURCES.filter((_, number) => (set & (1 << number)) !== 0).join(","),
    ),
  };
}
