import type { ChainUnit } from "./chain-unit.ts";
import type { UnitResult } from "./unit-result.ts";

interface ChainRowsUnit {
  readonly member: number;
  /** The dataset's row of the unit's first receipt. */
  readonly first: number;
  readonly count: number;
  readonly rowBase: number;
  readonly chain: ChainUnit;
}

/** What all units know of links, in the order in which they arrived. */
export class ChainRows {
  readonly units: ChainRowsUnit[] = [];
  #byRowBase: readonly ChainRowsUnit[] | null = null;

  append(result: UnitResult, first: number): void {
    const { member, rowBase, receipts, chain } = result;
    this.units.push({ member, first, count: receipts.count, rowBase, chain });
    this.#byRowBase = null;
  }

  /** The units in the order of their files, on which everything that follows depends. */
  inOrder(): readonly ChainRowsUnit[] {
    this.#byRowBase ??= this.units.toSorted((a, b) => a.rowBase - b.rowBase);
    return this.#byRowBase;
  }
}
