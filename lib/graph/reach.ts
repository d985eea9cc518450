import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import type { Walk } from "@/lib/chain/walk.ts";

/** A walk that can be asked about a node, and how the walk came to it. */
export class Reach {
  readonly walk: Walk;
  readonly #index: ChainIndex;
  /** Place in the walk plus one; zero outside of it. Pages that no walk touches cost nothing. */
  readonly #place: Int32Array;

  constructor(index: ChainIndex, walk: Walk) {
    this.#index = index;
    this.walk = walk;
    this.#place = new Int32Array(index.nodes.count);
    for (let place = 0; place < walk.nodes.length; place += 1) {
      this.#place[walk.nodes[place] ?? 0] = place + 1;
    }
  }

  has(node: number): boolean {
    return (this.#place[node] ?? 0) > 0;
  }

  /** Hops from the focus, negative for causes; zero outside the walk. */
  distance(node: number): number {
    const place = this.#place[node] ?? 0;
    return place === 0 ? 0 : (this.walk.distance[place - 1] ?? 0);
  }

  /**
   * From a node of the walk to where it meets what `isThere` already, the node itself first; null where that
   * takes more than `limit` steps, or where there is nothing to meet.
   */
  wayTo(node: number, isThere: (node: number) => boolean, limit: number): number[] | null {
    const way: number[] = [];
    let at = node;
    while (!isThere(at)) {
      if (way.length >= limit) return null;
      way.push(at);
      const before = this.#before(at);
      if (before === -1) return null;
      at = before;
    }
    return way;
  }

  /** The neighbour by which the walk came, or one that is nearer still; -1 at the focus. */
  #before(node: number): number {
    const distance = this.distance(node);
    if (distance === 0) return -1;
    const { start, nodes } = distance > 0 ? this.#index.parents : this.#index.children;
    const hops = Math.abs(distance);
    let best = -1;
    let least = hops;
    const end = start[node + 1] ?? 0;
    for (let slot = start[node] ?? 0; slot < end; slot += 1) {
      const next = nodes[slot] ?? 0;
      if (!this.has(next)) continue;
      const nextDistance = this.distance(next);
      if (nextDistance === distance - Math.sign(distance)) return next;
      // A node that is cause and consequence keeps its nearer distance, whichever way that is.
      if (Math.abs(nextDistance) < least) {
        best = next;
        least = Math.abs(nextDistance);
      }
    }
    return best;
  }
}
