import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { DECISIONS } from "@/lib/chain/model.ts";
import { unverifiedIntegrities } from "@/lib/chain/unverified.ts";
import { type Walk, walk } from "@/lib/chain/walk.ts";
import type { Cut } from "./model.ts";
import type { Reach } from "./reach.ts";

const DENY = DECISIONS.indexOf("deny");

type Test = (node: number) => boolean;

/** What each cut asks of a walk's nodes. Missing parents match none of them but `root-path`. */
export class Cuts {
  readonly #index: ChainIndex;
  readonly #tests: Readonly<Record<Exclude<Cut, "root-path">, Test>>;
  /** What led to the focus, however far back and whichever way the request walks; the focus first. */
  readonly causes: Walk;
  readonly #reach: Reach;

  constructor(index: ChainIndex, focus: number, reach: Reach) {
    this.#index = index;
    this.#reach = reach;
    this.causes = walk(index, focus, "backward", null);
    const { nodes } = index;
    const unverified = unverifiedIntegrities(nodes);
    this.#tests = {
      denied: (node) => nodes.decision[node] === DENY,
      unverified: (node) => unverified[nodes.integrity[node] ?? -1] !== 0,
      leaves: (node) => index.childCount(node) === 0,
      "across-services": (node) => this.#crosses(node),
      "this-capability": sharing(nodes.capability, focus, nodes.receipts),
      "this-topic": sharing(nodes.topic, focus, nodes.receipts),
    };
  }

  /** Nodes that match, nearest first. */
  matching(cut: Cut): Int32Array {
    if (cut === "root-path") return this.causes.nodes.subarray(1);
    return this.#reach.walk.nodes.filter(this.test(cut));
  }

  /** Whether a node of the walk matches. */
  test(cut: Exclude<Cut, "root-path">): (node: number) => boolean {
    const test = this.#tests[cut];
    const { receipts } = this.#index.nodes;
    return (node) => node < receipts && this.#reach.has(node) && test(node);
  }

  counts(): Readonly<Record<Cut, number>> {
    const counts: Record<Cut, number> = {
      denied: 0,
      unverified: 0,
      "root-path": this.causes.nodes.length - 1,
      leaves: 0,
      "across-services": 0,
      "this-capability": 0,
      "this-topic": 0,
    };
    const tests = this.#tests;
    const { receipts } = this.#index.nodes;
    // One pass: a walk goes across memory, and each node's columns are fetched once.
    for (const node of this.#reach.walk.nodes) {
      if (node >= receipts) continue;
      if (tests.denied(node)) counts.denied += 1;
      if (tests.unverified(node)) counts.unverified += 1;
      if (tests.leaves(node)) counts.leaves += 1;
      if (tests["across-services"](node)) counts["across-services"] += 1;
      if (tests["this-capability"](node)) counts["this-capability"] += 1;
      if (tests["this-topic"](node)) counts["this-topic"] += 1;
    }
    return counts;
  }

  /** The receipt is an end of a link of the walk whose other end names another service. */
  #crosses(node: number): boolean {
    const { nodes, children, parents } = this.#index;
    const service = nodes.service[node] ?? 0;
    if (service === 0) return false;
    for (const { start, nodes: next } of [children, parents]) {
      const end = start[node + 1] ?? 0;
      for (let slot = start[node] ?? 0; slot < end; slot += 1) {
        const other = next[slot] ?? 0;
        const named = other < nodes.receipts ? (nodes.service[other] ?? 0) : 0;
        if (named !== 0 && named !== service && this.#reach.has(other)) return true;
      }
    }
    return false;
  }
}

function sharing(column: Int32Array, focus: number, receipts: number): Test {
  const text = focus < receipts ? (column[focus] ?? 0) : 0;
  return text === 0 ? () => false : (node) => column[node] === text;
}
