import { LIMITS } from "../record.ts";
import type { Limit } from "./unpack.ts";

export interface ExpandLimits {
  readonly unpackedBytes: number;
  readonly ratio: number;
  readonly ratioFloor: number;
  readonly members: number;
  readonly nesting: number;
  /** A larger store is not opened: it is held in memory twice. */
  readonly storeBytes: number;
}

export const EXPAND_LIMITS: ExpandLimits = {
  unpackedBytes: LIMITS.unpackedBytes,
  ratio: LIMITS.ratio,
  ratioFloor: LIMITS.ratioFloor,
  members: LIMITS.members,
  nesting: LIMITS.nesting,
  storeBytes: 1024 * 1024 * 1024,
};

/**
 * What one drop may unpack to, over all its archives. Only octets that really came out are counted: the sizes
 * in an archive's headers are whatever its maker wrote.
 */
export class Budget {
  readonly limits: ExpandLimits;
  #unpacked = 0;
  #members = 0;

  constructor(limits: ExpandLimits) {
    this.limits = limits;
  }

  /** Counts one member; the limit that it passes, or null. */
  takeMember(): Limit | null {
    this.#members += 1;
    const { members } = this.limits;
    if (this.#members <= members) return null;
    return { expected: `at most ${members} members`, actual: `more than ${members} members` };
  }

  /** Counts unpacked octets of a member that has `size` so far and `packed` octets in the archive. */
  takeBytes(count: number, size: number, packed: number): Limit | null {
    this.#unpacked += count;
    const { unpackedBytes, ratio, ratioFloor } = this.limits;
    if (this.#unpacked > unpackedBytes) {
      return {
        expected: `at most ${unpackedBytes} octets unpacked`,
        actual: `more than ${unpackedBytes} octets`,
      };
    }
    if (size > ratioFloor && size > ratio * packed) {
      return {
        expected: `at most ${ratio} octets from each packed octet`,
        actual: `${size} octets and more from ${packed}`,
      };
    }
    return null;
  }
}
