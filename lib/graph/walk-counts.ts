import { countNodes } from "@/lib/chain/beneath.ts";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { type Beneath, DECISIONS } from "@/lib/chain/model.ts";
import type { Walk } from "@/lib/chain/walk.ts";
import { isFailing } from "./alike.ts";
import type { LanesOf } from "./lanes-of.ts";
import type { LaneCount } from "./visible-model.ts";

const DENY = DECISIONS.indexOf("deny");

/** What can be said of a walk without drawing it. */
export interface WalkCounts {
  readonly beneath: Beneath;
  /** Services that are named. */
  readonly services: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly lanes: ReadonlyMap<string, LaneCount>;
}

/** Linear in the walk, whatever else is loaded. */
export function walkCounts(index: ChainIndex, walk: Walk, lanes: LanesOf): WalkCounts {
  const { nodes } = index;
  const services = new Uint8Array(nodes.texts.length);
  // Three numbers for each text that may be a lane; pages that none of them touches cost nothing.
  const counted = new Int32Array(nodes.texts.length * 3);
  const named: number[] = [];
  let serviceCount = 0;
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const node of walk.nodes) {
    if (node >= nodes.receipts) continue;
    const service = nodes.service[node] ?? 0;
    if (service !== 0 && services[service] === 0) {
      services[service] = 1;
      serviceCount += 1;
    }
    const time = nodes.time[node] ?? Number.NaN;
    if (time < from) from = time;
    if (time > to) to = time;
    const lane = lanes.of(node);
    const place = lane * 3;
    if (counted[place] === 0) named.push(lane);
    counted[place] = (counted[place] ?? 0) + 1;
    if (nodes.decision[node] === DENY) counted[place + 1] = (counted[place + 1] ?? 0) + 1;
    if (isFailing(index, node)) counted[place + 2] = (counted[place + 2] ?? 0) + 1;
  }
  const byName = new Map<string, LaneCount>();
  for (const lane of named) {
    const [receipts = 0, denied = 0, failing = 0] = counted.subarray(lane * 3, lane * 3 + 3);
    byName.set(lanes.name(lane), { receipts, denied, failing });
  }
  const isTimed = from <= to;
  return {
    beneath: countNodes(nodes, walk.nodes),
    services: serviceCount,
    from: isTimed ? from : null,
    to: isTimed ? to : null,
    lanes: byName,
  };
}
