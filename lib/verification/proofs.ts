import type { DraftPlace } from "./ledger.ts";
import { asDouble, lastWhere, same32 } from "./rows.ts";
import type { ProofColumns, UnitResult } from "./unit-result.ts";

interface UnitProofs {
  readonly member: number;
  readonly start: number;
  readonly first: number;
  readonly columns: ProofColumns;
}

/** Every inclusion proof of the dataset, numbered across units; the columns stay as they arrived. */
export class Proofs {
  count = 0;
  readonly #units: UnitProofs[] = [];
  #last: UnitProofs | null = null;

  append(result: UnitResult): void {
    if (result.proofs.count === 0) {
      return;
    }
    this.#units.push({
      member: result.member,
      start: result.start,
      first: this.count,
      columns: result.proofs,
    });
    this.count += result.proofs.count;
  }

  checkpointSeq(proof: number): number {
    const { columns, at } = this.#find(proof);
    return asDouble(columns.checkpointSeq[at]);
  }

  receiptSeq(proof: number): number {
    const { columns, at } = this.#find(proof);
    return asDouble(columns.receiptSeq[at]);
  }

  wrapperIndex(proof: number): number {
    const { columns, at } = this.#find(proof);
    return columns.leafIndex[at] ?? Number.NaN;
  }

  rootOf(proof: number): Uint8Array {
    const { columns, at } = this.#find(proof);
    return columns.root.subarray(at * 32, at * 32 + 32);
  }

  hasRoot(proof: number, root: Uint8Array): boolean {
    const { columns, at } = this.#find(proof);
    return same32(columns.root, at * 32, root, 0);
  }

  /** Whether two proofs say the same, octet for octet. */
  areEqual(a: number, b: number): boolean {
    const [one, two] = [this.parts(a), this.parts(b)];
    return (
      one.index === two.index &&
      one.size === two.size &&
      one.path.length === two.path.length &&
      one.path.every((hash, step) => {
        const other = two.path[step];
        return other !== undefined && same32(hash, 0, other, 0);
      })
    );
  }

  /** Proofs by member, checkpoint and leaf, so that each batch is met once whatever the file's order. */
  inOrder(): Uint32Array {
    const order = Uint32Array.from({ length: this.count }, (_, proof) => proof);
    const key = (proof: number): readonly [number, number, number] => {
      const { member, columns, at } = this.#find(proof);
      return [member, asDouble(columns.checkpointSeq[at]), columns.proofLeafIndex[at] ?? 0];
    };
    const compare = (a: number, b: number): number => {
      const [one, two] = [key(a), key(b)];
      return (
        one[0] - two[0] ||
        (Number.isNaN(one[1]) ? Number.MAX_VALUE : one[1]) -
          (Number.isNaN(two[1]) ? Number.MAX_VALUE : two[1]) ||
        one[2] - two[2] ||
        a - b
      );
    };
    for (let at = 1; at < order.length; at += 1) {
      if (compare(order[at - 1] ?? 0, order[at] ?? 0) > 0) {
        return order.sort(compare);
      }
    }
    return order;
  }

  parts(proof: number): { index: number; size: number; path: readonly Uint8Array[] } {
    const { columns, at } = this.#find(proof);
    const path: Uint8Array[] = [];
    const end = columns.pathEnd[at] ?? 0;
    for (let from = at === 0 ? 0 : (columns.pathEnd[at - 1] ?? 0); from < end; from += 32) {
      path.push(columns.path.subarray(from, from + 32));
    }
    return {
      index: columns.proofLeafIndex[at] ?? Number.NaN,
      size: columns.treeSize[at] ?? Number.NaN,
      path,
    };
  }

  placeOf(proof: number): DraftPlace {
    const { member, start, columns, at } = this.#find(proof);
    return {
      member,
      unitStart: start,
      line: columns.line[at] ?? null,
      offset: columns.offset[at] ?? null,
      pointer: "",
    };
  }

  /** The checkpoint and the receipt that it is about; a bare proof names neither, only a leaf of a tree. */
  nameOf(proof: number): string {
    const [checkpoint, receipt] = [this.checkpointSeq(proof), this.receiptSeq(proof)];
    const { index, size } = this.parts(proof);
    return Number.isNaN(checkpoint) && Number.isNaN(receipt)
      ? `leaf ${index} of ${size}`
      : `${shown(checkpoint)}/${shown(receipt)}`;
  }

  /** The members that hold proofs. */
  members(): ReadonlySet<number> {
    return new Set(this.#units.map(({ member }) => member));
  }

  /** How many proofs each member holds, for comparison with a manifest's count. */
  perMember(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { member, columns } of this.#units) {
      counts.set(member, (counts.get(member) ?? 0) + columns.count);
    }
    return counts;
  }

  #find(proof: number): UnitProofs & { at: number } {
    let unit = this.#last;
    if (unit === null || proof < unit.first || proof >= unit.first + unit.columns.count) {
      unit = lastWhere(this.#units, ({ first }) => first <= proof) ?? null;
      this.#last = unit;
    }
    if (unit === null || proof >= this.count) {
      throw new RangeError(`there is no proof ${proof}`);
    }
    return { ...unit, at: proof - unit.first };
  }
}

function shown(seq: number): string {
  return Number.isNaN(seq) ? "?" : String(seq);
}
