import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { BOUNDARIES } from "@/lib/chain/model.ts";
import type { LaneKind } from "./model.ts";

const CONSUME = BOUNDARIES.indexOf("consume");
const PRODUCE = BOUNDARIES.indexOf("produce");

/** The lane of each receipt, as an index into the texts; read when it is asked for. */
export class LanesOf {
  readonly #index: ChainIndex;
  readonly #kind: LaneKind;
  /** Lanes by topic that were looked up, plus one. */
  readonly #topics: Int32Array;

  constructor(index: ChainIndex, kind: LaneKind) {
    this.#index = index;
    this.#kind = kind;
    this.#topics = new Int32Array(kind === "topic" ? index.nodes.receipts : 0);
  }

  /** -1 for a parent that is not loaded: it stands with what names it. */
  of(node: number): number {
    const { nodes } = this.#index;
    if (node >= nodes.receipts) return -1;
    switch (this.#kind) {
      case "service":
        return nodes.service[node] ?? 0;
      case "agent":
        return nodes.agent[node] ?? 0;
      case "topic":
        return this.#topicOf(node);
    }
  }

  name(lane: number): string {
    return this.#index.nodes.texts[lane] ?? "";
  }

  /**
   * A step without a topic handles the event that led to it: the topic of its cause, or of its cause's cause,
   * first causes first, in the walk or not, so that it stays in its lane when the walk changes. A step that
   * no event led to stands with what it published.
   */
  #topicOf(node: number): number {
    const { nodes, parents } = this.#index;
    const way: number[] = [];
    let at = node;
    let found = 0;
    while (at < nodes.receipts) {
      const known = this.#topics[at] ?? 0;
      if (known > 0) {
        found = known - 1;
        break;
      }
      found = nodes.topic[at] ?? 0;
      way.push(at);
      // Marked before it is known: a cycle without a topic ends where it began.
      this.#topics[at] = found + 1;
      const first = parents.start[at] ?? 0;
      if (found > 0 || first === parents.start[at + 1]) break;
      at = parents.nodes[first] ?? 0;
    }
    for (let place = way.length - 1; place >= 0; place -= 1) {
      const step = way[place] ?? 0;
      found = found > 0 ? found : this.#published(step);
      this.#topics[step] = found + 1;
    }
    return (this.#topics[node] ?? 1) - 1;
  }

  #published(node: number): number {
    const { nodes, children } = this.#index;
    const first = children.start[node] ?? 0;
    if (first === children.start[node + 1]) return 0;
    const child = children.nodes[first] ?? 0;
    const isEvent = nodes.boundary[child] === PRODUCE || nodes.boundary[child] === CONSUME;
    return isEvent ? (nodes.topic[child] ?? 0) : 0;
  }
}
