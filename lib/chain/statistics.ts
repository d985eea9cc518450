import type { ChainStatistics } from "./answers.ts";
import type { ChainIndex } from "./chain-index.ts";
import { longestPath } from "./longest-path.ts";
import { NO_COST, SETTLEMENTS, STRENGTHS } from "./model.ts";
import { nodeFacts } from "./node-facts.ts";
import { type Walk, walk } from "./walk.ts";
import { linksWithin } from "./within.ts";

/** Of everything within the walk, and of the links whose two ends are within it. */
export function statistics(index: ChainIndex, within: Walk): ChainStatistics {
  const { nodes } = within;
  const links = linksWithin(index, nodes);
  const focus = nodes[0];
  const causes = focus === undefined ? nodes : walk(index, focus, "backward", null).nodes;
  return {
    depth: longestPath(index, nodes, links),
    fanOut: fanOut(index, links),
    ...ends(index, nodes),
    ...linkFigures(index, links),
    span: span(index, nodes),
    services: services(index, nodes),
    cost: costs(index, nodes),
    costOfPath: costs(index, causes),
    settlement: settlements(index, nodes),
  };
}

/** Links come with all of one parent's together. */
function fanOut({ nodes, edges }: ChainIndex, links: Int32Array): ChainStatistics["fanOut"] {
  let most = 0;
  let at = -1;
  let parent = -1;
  let run = 0;
  for (const edge of links) {
    const from = edges.parent[edge] ?? 0;
    run = from === parent ? run + 1 : 1;
    parent = from;
    if (run > most) {
      most = run;
      at = from;
    }
  }
  return { most, at: at < 0 ? null : nodeFacts(nodes, at) };
}

/** Steps that nothing known brought about, and steps that brought about nothing, in the whole index. */
function ends(index: ChainIndex, nodes: Int32Array): { roots: number; leaves: number } {
  let roots = 0;
  let leaves = 0;
  for (const node of nodes) {
    roots += index.parentCount(node) === 0 ? 1 : 0;
    leaves += index.childCount(node) === 0 ? 1 : 0;
  }
  return { roots, leaves };
}

function linkFigures(
  { nodes, edges }: ChainIndex,
  links: Int32Array,
): Pick<ChainStatistics, "crossings" | "slowest" | "strengths"> {
  let crossings = 0;
  let slowest = -1;
  let seconds = 0;
  const byStrength = [0, 0, 0];
  for (const edge of links) {
    const parent = edges.parent[edge] ?? 0;
    const child = edges.child[edge] ?? 0;
    const strength = edges.strength[edge] ?? 0;
    byStrength[strength] = (byStrength[strength] ?? 0) + 1;
    const from = nodes.service[parent] ?? 0;
    const to = nodes.service[child] ?? 0;
    crossings += from !== to && isNamed(nodes.texts, from) && isNamed(nodes.texts, to) ? 1 : 0;
    const took = (nodes.time[child] ?? Number.NaN) - (nodes.time[parent] ?? Number.NaN);
    if (took > seconds || (took === 0 && slowest < 0)) {
      slowest = edge;
      seconds = took;
    }
  }
  const strengths = { asserted: 0, observed: 0, verified: 0 };
  STRENGTHS.forEach((strength, place) => {
    strengths[strength] = byStrength[place] ?? 0;
  });
  return {
    crossings,
    strengths,
    slowest:
      slowest < 0
        ? null
        : {
            from: nodeFacts(nodes, edges.parent[slowest] ?? 0),
            to: nodeFacts(nodes, edges.child[slowest] ?? 0),
            seconds,
          },
  };
}

function isNamed(texts: readonly string[], text: number): boolean {
  return (texts[text] ?? "") !== "";
}

function span({ nodes }: ChainIndex, list: Int32Array): number | null {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const node of list) {
    const time = nodes.time[node] ?? Number.NaN;
    if (!Number.isNaN(time)) {
      first = Math.min(first, time);
      last = Math.max(last, time);
    }
  }
  return last >= first ? last - first : null;
}

/** In the order of their first steps; those without a time last. */
function services({ nodes }: ChainIndex, list: Int32Array): readonly string[] {
  const firsts = new Map<number, { time: number; node: number }>();
  for (const node of list) {
    const service = nodes.service[node] ?? 0;
    if (node >= nodes.receipts || !isNamed(nodes.texts, service)) {
      continue;
    }
    const own = nodes.time[node] ?? Number.NaN;
    const time = Number.isNaN(own) ? Number.POSITIVE_INFINITY : own;
    const first = firsts.get(service);
    if (first === undefined || time < first.time || (time === first.time && node < first.node)) {
      firsts.set(service, { time, node });
    }
  }
  return [...firsts]
    .sort(([, one], [, other]) =>
      one.time < other.time ? -1 : one.time > other.time ? 1 : one.node - other.node,
    )
    .map(([service]) => nodes.texts[service] ?? "");
}

/** One sum for each currency, in the order of their names. */
function costs({ nodes }: ChainIndex, list: Int32Array): ChainStatistics["cost"] {
  const sums = new Map<string, bigint>();
  for (const node of list) {
    const units = nodes.cost[node] ?? NO_COST;
    if (units !== NO_COST) {
      const currency = nodes.texts[nodes.currency[node] ?? 0] ?? "";
      sums.set(currency, (sums.get(currency) ?? 0n) + units);
    }
  }
  return [...sums]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([currency, units]) => ({ currency, units }));
}

function settlements({ nodes }: ChainIndex, list: Int32Array): ChainStatistics["settlement"] {
  const counts = [0, 0, 0];
  for (const node of list) {
    if (node < nodes.receipts) {
      const settlement = nodes.settlement[node] ?? 0;
      counts[settlement] = (counts[settlement] ?? 0) + 1;
    }
  }
  const named = { unknown: 0, confirmed: 0, "rolled-back": 0 };
  SETTLEMENTS.forEach((settlement, place) => {
    named[settlement] = counts[place] ?? 0;
  });
  return named;
}
