import type { Direction } from "@/lib/chain/model.ts";
import type { Step } from "./nodes.ts";

/**
 * The same questions asked of the steps themselves, by id and with sets: slow, and written from the definitions.
 */
export class SlowChain {
  readonly ids: readonly string[];
  readonly links: readonly { readonly parent: string; readonly child: string }[];

  constructor(steps: readonly Step[]) {
    const ids = new Set(steps.map((step) => step.id));
    const links = new Map<string, { parent: string; child: string }>();
    for (const step of steps) {
      for (const parent of step.parents ?? []) {
        links.set(JSON.stringify([parent, step.id]), { parent, child: step.id });
        ids.add(parent);
      }
    }
    this.ids = [...ids];
    this.links = [...links.values()];
  }

  childrenOf(id: string): readonly string[] {
    return this.links.filter((link) => link.parent === id).map((link) => link.child);
  }

  parentsOf(id: string): readonly string[] {
    return this.links.filter((link) => link.child === id).map((link) => link.parent);
  }

  /** Signed hops of everything within `depth`. */
  walk(from: string, direction: Direction, depth: number): ReadonlyMap<string, number> {
    const forward =
      direction === "backward"
        ? new Map([[from, 0]])
        : this.#hops(from, depth, (id) => this.childrenOf(id));
    const backward =
      direction === "forward"
        ? new Map([[from, 0]])
        : this.#hops(from, depth, (id) => this.parentsOf(id));
    const found = new Map(forward);
    for (const [id, hops] of backward) {
      if (hops < (forward.get(id) ?? Number.POSITIVE_INFINITY)) {
        found.set(id, -hops);
      }
    }
    return found;
  }

  /** Hops along links whichever way they point. */
  undirected(from: string): ReadonlyMap<string, number> {
    return this.#hops(from, this.ids.length, (id) => [
      ...this.childrenOf(id),
      ...this.parentsOf(id),
    ]);
  }

  /** Ids that lead back to themselves. */
  onCycle(): ReadonlySet<string> {
    return new Set(
      this.ids.filter((id) =>
        this.childrenOf(id).some((child) => this.walk(child, "forward", this.ids.length).has(id)),
      ),
    );
  }

  #hops(from: string, depth: number, next: (id: string) => readonly string[]): Map<string, number> {
    const found = new Map([[from, 0]]);
    let level = [from];
    for (let hops = 1; hops <= depth && level.length > 0; hops += 1) {
      const fresh = new Set(level.flatMap((id) => next(id)).filter((id) => !found.has(id)));
      for (const id of fresh) {
        found.set(id, hops);
      }
      level = [...fresh];
    }
    return found;
  }
}

/** Whether taking away what has no parent left, again and again, leaves nothing. */
export function isAcyclic(
  ids: readonly string[],
  links: readonly { readonly parent: string; readonly child: string }[],
): boolean {
  let left = new Set(ids);
  let before = -1;
  while (left.size !== before) {
    before = left.size;
    const now = left;
    left = new Set(
      [...now].filter((id) => links.some((link) => link.child === id && now.has(link.parent))),
    );
  }
  return left.size === 0;
}
