import type { ChainIndex } from "@/lib/chain/chain-index.ts";
import { keyOf } from "@/lib/chain/node-facts.ts";
import { walk } from "@/lib/chain/walk.ts";
import { areAlike, groupAlike, groupName, isAnomaly } from "./alike.ts";
import type { LanesOf } from "./lanes-of.ts";
import { BUDGET } from "./model.ts";
import { type Fold, linksOf, type Picture } from "./picture.ts";
import type { Reach } from "./reach.ts";
import type { Side } from "./visible-model.ts";

/** More alike neighbours than this are drawn as one. */
const MOST_ALIKE = 8;

const SIDES = ["children", "parents"] as const;

/** Lets a picture grow from what is drawn to what hangs there. */
export class Growth {
  readonly #index: ChainIndex;
  readonly #lanes: LanesOf;
  readonly #reach: Reach;
  readonly #isKept: (node: number) => boolean;
  readonly picture: Picture;
  /** Folds by the node that they hang on. */
  readonly #folds = new Map<number, Fold[]>();
  readonly #names = new Set<string>();

  /** @param isKept whether a node is drawn as itself and never folded */
  constructor(
    index: ChainIndex,
    lanes: LanesOf,
    reach: Reach,
    picture: Picture,
    isKept: (node: number) => boolean,
  ) {
    this.#index = index;
    this.#lanes = lanes;
    this.#reach = reach;
    this.#isKept = isKept;
    this.picture = picture;
  }

  foldsAt(node: number): readonly Fold[] {
    return this.#folds.get(node) ?? [];
  }

  /**
   * Draws the walk ring by ring around the focus: nothing of a ring before everything of the one inside it
   * that there is room for.
   *
   * @param depth the outermost ring
   * @param most items at most
   */
  drawRings(focus: number, depth: number, most: number): void {
    this.#rings(focus, depth, most, Number.POSITIVE_INFINITY);
  }

  /**
   * Draws rings to find out how many there is room for.
   *
   * @returns the last ring within `most` items, at least 1; null where the whole walk is
   */
  fittingDepth(focus: number, most: number): number | null {
    return this.#rings(focus, Number.POSITIVE_INFINITY, BUDGET.drawn, most);
  }

  #rings(focus: number, depth: number, most: number, enough: number): number | null {
    this.picture.draw(focus, 0, most);
    const waiting = new Map<number, number[]>();
    this.#visit(focus, 0, most, waiting);
    while (waiting.size > 0) {
      const ring = smallest(waiting.keys());
      if (ring > depth) return null;
      const queue = waiting.get(ring) ?? [];
      let hasRoom = true;
      for (let place = 0; place < queue.length; place += 1) {
        const before = this.picture.drawn.length;
        hasRoom = this.#visit(queue[place] ?? 0, ring, most, waiting) && hasRoom;
        for (let next = before; next < this.picture.drawn.length; next += 1) {
          queue.push(this.picture.drawn[next] ?? 0);
        }
      }
      waiting.delete(ring);
      if (this.picture.items > enough || !hasRoom) return Math.max(1, ring - 1);
    }
    return null;
  }

  /** Draws or folds what the walk reaches from a drawn node within a ring; false where there is no room. */
  #visit(node: number, ring: number, most: number, waiting: Map<number, number[]>): boolean {
    let later = Number.POSITIVE_INFINITY;
    let hasRoom = true;
    for (const side of SIDES) {
      const sign = side === "children" ? 1 : -1;
      const now = this.#hidden(node, side, (next) => {
        const hops = this.#reach.distance(next) * sign;
        if (hops > ring) later = Math.min(later, hops);
        return hops > 0 && hops <= ring;
      });
      hasRoom = this.#add(node, side, now, most) && hasRoom;
    }
    if (later < Number.POSITIVE_INFINITY) {
      const queue = waiting.get(later);
      if (queue === undefined) waiting.set(later, [node]);
      else queue.push(node);
    }
    return hasRoom;
  }

  /** Draws what a drawn node's stub stands for, in the walk or not; false where not all of it has room. */
  openStub(node: number, side: Side): boolean {
    const hidden = this.#hidden(node, side, () => true);
    return this.#add(node, side, this.#anomaliesFirst(hidden, side), BUDGET.drawn);
  }

  /** Draws the next members of a fold; false where there is no room for them. */
  openFold(fold: Fold, most: number): boolean {
    const { members, side } = fold;
    // A rest that would not have been folded is not left behind.
    const isAll = members.length <= most + MOST_ALIKE;
    const chosen = isAll ? members : this.#anomaliesFirst(members, side).slice(0, most);
    return this.picture.unfold(fold, chosen, BUDGET.drawn).length === 0;
  }

  /** Draws a node and the way that the walk took to it, or nothing of it. */
  drawWay(node: number): boolean {
    const { picture } = this;
    const room = BUDGET.drawn - picture.drawn.length;
    const way = this.#reach.wayTo(node, (step) => picture.isDrawn(step), room);
    if (way === null) return false;
    // Items are counted at the end only: a step in between may take away more stubs than it brings.
    for (let place = way.length - 1; place >= 0; place -= 1) {
      const step = way[place] ?? 0;
      const isLast = place === 0;
      const most = isLast ? BUDGET.drawn : Number.POSITIVE_INFINITY;
      if (!picture.draw(step, this.#reach.distance(step), most)) {
        for (let taken = way.length - 1; taken > place; taken -= 1) picture.undoLast();
        return false;
      }
    }
    return true;
  }

  #hidden(node: number, side: Side, isWanted: (next: number) => boolean): number[] {
    const found: number[] = [];
    if (this.picture.hiddenCount(node, side) === 0) return found;
    const { start, nodes } = linksOf(this.#index, side);
    const end = start[node + 1] ?? 0;
    for (let slot = start[node] ?? 0; slot < end; slot += 1) {
      const next = nodes[slot] ?? 0;
      if (this.picture.isHidden(next) && isWanted(next)) found.push(next);
    }
    return found;
  }

  /** Folds come first: they make the most of the room. False where there is no room for all. */
  #add(node: number, side: Side, neighbours: readonly number[], most: number): boolean {
    const folded = neighbours.filter((next) => !this.#isKept(next));
    const single = new Set<number>(neighbours.filter((next) => this.#isKept(next)));
    let hasRoom = true;
    for (const { members } of groupAlike(this.#index, this.#lanes, folded)) {
      const outcome = this.#fold(node, side, members, most);
      if (outcome === "single") for (const member of members) single.add(member);
      hasRoom = hasRoom && outcome !== "refused";
    }
    const singles = neighbours.filter((next) => single.has(next));
    const anomalies = firstOf(singles, (one) => isAnomaly(this.#index, one));
    // On what is kept something may have been opened: it must not be left without its place.
    for (const next of firstOf(anomalies, this.#isKept)) {
      const distance = this.#distance(node, side, next);
      hasRoom = this.picture.draw(next, distance, most) && hasRoom;
    }
    return hasRoom;
  }

  #fold(of: number, side: Side, members: number[], most: number): "folded" | "single" | "refused" {
    const first = members[0] ?? 0;
    const folds = this.#folds.get(of) ?? [];
    const known = folds.find(
      (fold) => fold.side === side && areAlike(this.#index, this.#lanes, fold.like, first),
    );
    if (members.length <= MOST_ALIKE && (known?.members.length ?? 0) === 0) return "single";
    if (known !== undefined) {
      return this.picture.addTo(known, members, most) ? "folded" : "refused";
    }
    const fold = {
      key: this.#name(of, side, first),
      of,
      side,
      distance: this.#distance(of, side, first),
      like: first,
      members,
    };
    if (!this.picture.fold(fold, most)) return "refused";
    this.#names.add(fold.key);
    this.#folds.set(of, [...folds, fold]);
    return "folded";
  }

  #name(of: number, side: Side, member: number): string {
    const owner = keyOf(this.#index.nodes, of);
    for (let attempt = 0; ; attempt += 1) {
      const key = `f:${owner}:${groupName(this.#index, this.#lanes, member, side, attempt)}`;
      if (!this.#names.has(key)) return key;
    }
  }

  #distance(from: number, side: Side, next: number): number {
    if (this.#reach.has(next)) return this.#reach.distance(next);
    const hops = Math.abs(this.picture.distance(from)) + 1;
    return side === "children" ? hops : -hops;
  }

  /** Those that are anomalies, then those that lead to one, then the rest; each in the given order. */
  #anomaliesFirst(nodes: readonly number[], side: Side): number[] {
    if (nodes.length <= MOST_ALIKE) return [...nodes];
    const [onward, back] = side === "children" ? AHEAD : BEHIND;
    const beyond = walk(this.#index, nodes, onward, null).nodes;
    const anomalies = Array.from(beyond.filter((node) => isAnomaly(this.#index, node)));
    const leading = new Set(walk(this.#index, anomalies, back, null).nodes);
    const ahead = firstOf(nodes, (node) => leading.has(node));
    return firstOf(ahead, (node) => isAnomaly(this.#index, node));
  }
}

const AHEAD = ["forward", "backward"] as const;
const BEHIND = ["backward", "forward"] as const;

function firstOf(nodes: readonly number[], isFirst: (node: number) => boolean): number[] {
  return [...nodes.filter(isFirst), ...nodes.filter((node) => !isFirst(node))];
}

function smallest(values: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) least = Math.min(least, value);
  return least;
}
