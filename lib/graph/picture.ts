import type { Adjacency } from "@/lib/chain/adjacency.ts";
import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import type { Side } from "./visible-model.ts";

/** Alike neighbours of a drawn node that are drawn as one. */
export interface Fold {
  readonly key: string;
  readonly of: number;
  readonly side: Side;
  readonly distance: number;
  /** One that was in it from the beginning: what the others are alike to. */
  readonly like: number;
  /** Empty once everything in it is drawn. */
  members: number[];
}

/** Links between drawn nodes at most: a log where each step names every other would draw half a million. */
const MOST_LINKS = 4_000;

/**
 * What is drawn while it is being chosen. It knows at any time how many items there are: nodes, folds, and a
 * stub for each side of a node with neighbours that are neither.
 */
export class Picture {
  readonly #index: ChainIndex;
  /** In the order of drawing. */
  readonly drawn: number[] = [];
  readonly folds: Fold[] = [];
  readonly #isDrawn: Uint8Array;
  /** Number of the fold plus one. */
  readonly #foldOf: Int32Array;
  readonly #distance = new Map<number, number>();
  readonly #hidden: Readonly<Record<Side, Map<number, number>>> = {
    children: new Map(),
    parents: new Map(),
  };
  #items = 0;
  #links = 0;

  constructor(index: ChainIndex) {
    this.#index = index;
    this.#isDrawn = new Uint8Array(index.nodes.count);
    this.#foldOf = new Int32Array(index.nodes.count);
  }

  /** Nodes, folds and stubs. */
  get items(): number {
    return this.#items;
  }

  isDrawn(node: number): boolean {
    return this.#isDrawn[node] === 1;
  }

  foldOf(node: number): Fold | undefined {
    return this.folds[(this.#foldOf[node] ?? 0) - 1];
  }

  /** Neither drawn nor in a fold. */
  isHidden(node: number): boolean {
    return this.#isDrawn[node] === 0 && this.#foldOf[node] === 0;
  }

  distance(node: number): number {
    return this.#distance.get(node) ?? 0;
  }

  /** Neighbours of a drawn node that its stub on this side stands for. */
  hiddenCount(node: number, side: Side): number {
    return this.#hidden[side].get(node) ?? 0;
  }

  /** Draws a hidden node; false, and nothing done, where that would make more than `most` items. */
  draw(node: number, distance: number, most: number): boolean {
    this.#isDrawn[node] = 1;
    this.drawn.push(node);
    this.#distance.set(node, distance);
    this.#items += 1;
    this.#meet(node, "children");
    this.#meet(node, "parents");
    if (this.#items <= most && this.#links <= MOST_LINKS) return true;
    this.undoLast();
    return false;
  }

  /** Takes back the node that was drawn last. */
  undoLast(): void {
    const node = this.drawn.pop();
    if (node === undefined) return;
    this.#leave(node, "children");
    this.#leave(node, "parents");
    this.#isDrawn[node] = 0;
    this.#distance.delete(node);
    this.#items -= 1;
  }

  /** Puts hidden neighbours of `of` into a new fold; false where that would make more than `most` items. */
  fold(fold: Fold, most: number): boolean {
    if (!this.#hasRoomFor(fold, fold.members.length, most)) return false;
    this.folds.push(fold);
    this.#items += 1;
    for (const member of fold.members) this.#hold(member, this.folds.length);
    return true;
  }

  /** Puts more hidden neighbours of the same kind into a fold, which stays in the order of time. */
  addTo(fold: Fold, members: readonly number[], most: number): boolean {
    if (fold.members.length === 0) {
      if (!this.#hasRoomFor(fold, members.length, most)) return false;
      this.#items += 1;
    }
    const number = this.folds.indexOf(fold) + 1;
    for (const member of members) this.#hold(member, number);
    const all = new Set([...fold.members, ...members]);
    fold.members = Array.from(neighboursOf(this.#index, fold.of, fold.side)).filter((node) =>
      all.has(node),
    );
    return true;
  }

  /** A fold that takes in the last of what a stub stood for takes its place. */
  #hasRoomFor(fold: Fold, count: number, most: number): boolean {
    const isLast = this.hiddenCount(fold.of, fold.side) === count;
    return this.#items + (isLast ? 0 : 1) <= most;
  }

  /** Draws members of a fold, first ones first; returns those that there was no room for. */
  unfold(fold: Fold, chosen: readonly number[], most: number): readonly number[] {
    const number = this.folds.indexOf(fold) + 1;
    const refused: number[] = [];
    const left = new Set(fold.members);
    for (const member of chosen) {
      this.#release(member);
      left.delete(member);
      if (left.size === 0) this.#items -= 1;
      if (!this.draw(member, fold.distance, most)) {
        if (left.size === 0) this.#items += 1;
        left.add(member);
        this.#hold(member, number);
        refused.push(member);
      }
    }
    fold.members = fold.members.filter((member) => left.has(member));
    return refused;
  }

  #hold(member: number, number: number): void {
    this.#foldOf[member] = number;
    this.#eachDrawn(member, "children", (child) => this.#count(child, "parents", -1));
    this.#eachDrawn(member, "parents", (parent) => this.#count(parent, "children", -1));
  }

  #release(member: number): void {
    this.#foldOf[member] = 0;
    this.#eachDrawn(member, "children", (child) => this.#count(child, "parents", 1));
    this.#eachDrawn(member, "parents", (parent) => this.#count(parent, "children", 1));
  }

  /** A node that was just drawn is no longer hidden from its neighbours, and has hidden ones itself. */
  #meet(node: number, side: Side): void {
    const { start, nodes } = linksOf(this.#index, side);
    const end = start[node + 1] ?? 0;
    let hidden = 0;
    for (let slot = start[node] ?? 0; slot < end; slot += 1) {
      const next = nodes[slot] ?? 0;
      if (next === node) continue;
      if (this.#isDrawn[next] === 1) {
        this.#count(next, otherSide(side), -1);
        this.#links += 1;
      } else if (this.#foldOf[next] === 0) {
        hidden += 1;
      }
    }
    this.#hidden[side].set(node, hidden);
    this.#items += hidden > 0 ? 1 : 0;
  }

  #leave(node: number, side: Side): void {
    this.#eachDrawn(node, side, (next) => {
      this.#count(next, otherSide(side), 1);
      this.#links -= 1;
    });
    this.#items -= this.hiddenCount(node, side) > 0 ? 1 : 0;
    this.#hidden[side].delete(node);
  }

  #eachDrawn(node: number, side: Side, visit: (next: number) => void): void {
    const { start, nodes } = linksOf(this.#index, side);
    const end = start[node + 1] ?? 0;
    for (let slot = start[node] ?? 0; slot < end; slot += 1) {
      const next = nodes[slot] ?? 0;
      if (next !== node && this.#isDrawn[next] === 1) visit(next);
    }
  }

  #count(node: number, side: Side, change: 1 | -1): void {
    const counts = this.#hidden[side];
    const before = counts.get(node) ?? 0;
    const after = before + change;
    counts.set(node, after);
    this.#items += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
  }
}

export function linksOf(index: ChainIndex, side: Side): Adjacency {
  return side === "children" ? index.children : index.parents;
}

export function neighboursOf(index: ChainIndex, node: number, side: Side): Int32Array {
  return side === "children" ? index.childrenOf(node) : index.parentsOf(node);
}

function otherSide(side: Side): Side {
  return side === "children" ? "parents" : "children";
}
