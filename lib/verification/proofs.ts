import type { DraftPlace } from "./ledger.ts";
import { asDouble, same32 } from "./rows.ts";
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

  nameOf(proof: number): string {
    return `${this.checkpointSeq(proof)}/${this.receiptSeq(proof)}`;
  }

  /** The members that hold proofs. */
  members(): ReadonlySet<number> {
    return new Set(this.#units.map(({ member }) => member));
  }

  /** Proofs of one member, for comparison with a manifest's count. */
  countIn(isMember: (member: number) => boolean): number {
    let count = 0;
    for (const unit of this.#units) {
      count += isMember(unit.member) ? unit.columns.count : 0;
    }
    return count;
  }

  #find(proof: number): UnitProofs & { at: number } {
    let unit = this.#last;
    if (unit === null || proof < unit.first || proof >= unit.first + unit.columns.count) {
      unit =
        this.#units.find(({ first, columns }) => proof >= first && proof < first + columns.count) ??
        null;
      this.#last = unit;
    }
    if (unit === null) {
      throw new RangeError(`there is no proof ${proof}`);
    }
    return { ...unit, at: proof - unit.first };
  }
}
