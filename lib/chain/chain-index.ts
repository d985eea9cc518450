import { type Adjacencies, type Adjacency, adjacencies } from "./adjacency.ts";
import { type Condensed, type Cycle, type Cycles, findCycles } from "./cycles.ts";
import { Marks } from "./marks.ts";
import type { ChainEdges, ChainNodes } from "./model.ts";
import { timeOrder } from "./time-order.ts";

/**
 * Links between receipts as compressed adjacency: built once after reading, in linear time, and then only
 * read. Neighbours stand in the order of time, equal times in the order of nodes, nodes without a time last.
 */
export class ChainIndex {
  readonly nodes: ChainNodes;
  readonly edges: ChainEdges;
  /** The raw columns, for loops over a million nodes that cannot afford a view for each. */
  readonly children: Adjacency;
  readonly parents: Adjacency;
  /** Every node once, by time and then by number. */
  readonly order: Int32Array;
  readonly #cycles: Cycles;
  readonly #idle: Marks[] = [];

  private constructor(
    nodes: ChainNodes,
    edges: ChainEdges,
    order: Int32Array,
    links: Adjacencies,
    cycles: Cycles,
  ) {
    this.nodes = nodes;
    this.edges = edges;
    this.order = order;
    this.children = links.children;
    this.parents = links.parents;
    this.#cycles = cycles;
  }

  static build(nodes: ChainNodes, edges: ChainEdges): ChainIndex {
    const { order, isNumbered } = timeOrder(nodes.time.subarray(0, nodes.receipts), nodes.count);
    const parent = edges.parent.subarray(0, edges.count);
    const child = edges.child.subarray(0, edges.count);
    const links = adjacencies(parent, child, order, isNumbered);
    return new ChainIndex(nodes, edges, order, links, findCycles(links, order));
  }

  /** Nodes in the order of time. A view of the index: not to be written to. */
  childrenOf(node: number): Int32Array {
    return list(this.children.nodes, this.children.start, node);
  }

  parentsOf(node: number): Int32Array {
    return list(this.parents.nodes, this.parents.start, node);
  }

  /** The edges that lead to {@link childrenOf}, place by place. */
  childEdges(node: number): Int32Array {
    return list(this.children.edges, this.children.start, node);
  }

  /** The edges that come from {@link parentsOf}, place by place. */
  parentEdges(node: number): Int32Array {
    return list(this.parents.edges, this.parents.start, node);
  }

  childCount(node: number): number {
    return (this.children.start[node + 1] ?? 0) - (this.children.start[node] ?? 0);
  }

  parentCount(node: number): number {
    return (this.parents.start[node + 1] ?? 0) - (this.parents.start[node] ?? 0);
  }

  /** The node is its own cause, directly or by way of others. */
  isOnCycle(node: number): boolean {
    return this.#cycles.onCycle?.[node] === 1;
  }

  /** The edge is one of a fixed set without which no cycle is left: layouts and longest paths leave it out. */
  closesCycle(edge: number): boolean {
    return this.#cycles.closing?.[edge] === 1;
  }

  /** Earliest first. */
  cycles(): readonly Cycle[] {
    return this.#cycles.list;
  }

  /** Every node once, causes before consequences along all edges that do not close a cycle. */
  get topological(): Int32Array {
    return this.#cycles.topological;
  }

  /** The nodes with each cycle as one: what can be summed up along links in one pass. */
  get condensed(): Condensed {
    return this.#cycles.condensed;
  }

  /** Lends empty marks for as long as `use` runs; walks inside walks get marks of their own. */
  withMarks<Result>(use: (marks: Marks) => Result): Result {
    const marks = this.borrowMarks();
    try {
      return use(marks);
    } finally {
      this.returnMarks(marks);
    }
  }

  /** Empty marks, to be given back with {@link returnMarks}: for what does not end in one call. */
  borrowMarks(): Marks {
    const marks = this.#idle.pop() ?? new Marks(this.nodes.count);
    marks.clear();
    return marks;
  }

  returnMarks(marks: Marks): void {
    this.#idle.push(marks);
  }
}

function list(values: Int32Array, start: Int32Array, node: number): Int32Array {
  return values.subarray(start[node] ?? 0, start[node + 1] ?? 0);
}
