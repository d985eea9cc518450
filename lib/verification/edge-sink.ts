import type { ChainEdges } from "@/lib/chain/model.ts";

/** Gathers links between nodes; a pair that several sources name becomes one edge. */
export class EdgeSink {
  #count = 0;
  #parent = new Int32Array(1024);
  #child = new Int32Array(1024);
  #source = new Uint8Array(1024);
  #strength = new Uint8Array(1024);

  /** @param source index into the sources of lib/chain, `strength` into its strengths */
  add(parent: number, child: number, source: number, strength: number): void {
    const at = this.#count;
    if (at === this.#parent.length) {
      this.#parent = grown(this.#parent, new Int32Array(at * 2));
      this.#child = grown(this.#child, new Int32Array(at * 2));
      this.#source = grown(this.#source, new Uint8Array(at * 2));
      this.#strength = grown(this.#strength, new Uint8Array(at * 2));
    }
    this.#parent[at] = parent;
    this.#child[at] = child;
    this.#source[at] = source;
    this.#strength[at] = strength;
    this.#count += 1;
  }

  /** The edges in the order of their children, each pair once, its sources joined, the strongest kept. */
  edges(nodes: number): ChainEdges {
    const order = this.#byChild(nodes);
    const count = this.#count;
    const parent = new Int32Array(count);
    const child = new Int32Array(count);
    const sources = new Uint8Array(count);
    const strength = new Uint8Array(count);
    // Where the present child's edge from a parent stands; older marks point before the child's first.
    const edgeOfParent = new Int32Array(nodes).fill(-1);
    let written = 0;
    let firstOfChild = 0;
    let lastChild = -1;
    for (const at of order) {
      const from = this.#parent[at] ?? 0;
      const to = this.#child[at] ?? 0;
      if (to !== lastChild) {
        lastChild = to;
        firstOfChild = written;
      }
      const known = edgeOfParent[from] ?? -1;
      const edge = known >= firstOfChild ? known : written;
      if (edge === written) {
        edgeOfParent[from] = edge;
        parent[edge] = from;
        child[edge] = to;
        written += 1;
      }
      sources[edge] = (sources[edge] ?? 0) | (1 << (this.#source[at] ?? 0));
      strength[edge] = Math.max(strength[edge] ?? 0, this.#strength[at] ?? 0);
    }
    return {
      count: written,
      parent: parent.slice(0, written),
      child: child.slice(0, written),
      sources: sources.slice(0, written),
      strength: strength.slice(0, written),
    };
  }

  #byChild(nodes: number): Int32Array {
    const place = new Int32Array(nodes + 1);
    for (let at = 0; at < this.#count; at += 1) {
      const next = (this.#child[at] ?? 0) + 1;
      place[next] = (place[next] ?? 0) + 1;
    }
    for (let node = 1; node <= nodes; node += 1) {
      place[node] = (place[node] ?? 0) + (place[node - 1] ?? 0);
    }
    const order = new Int32Array(this.#count);
    for (let at = 0; at < this.#count; at += 1) {
      const child = this.#child[at] ?? 0;
      const to = place[child] ?? 0;
      order[to] = at;
      place[child] = to + 1;
    }
    return order;
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
