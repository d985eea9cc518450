import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { toHex } from "@/kernel/encoding.ts";
import type { SignatureBackend } from "@/kernel/signature.ts";
import type { Platform } from "./platform.ts";

/** Rejections of one key that are all checked again; beyond them a sample. */
const REJECTIONS_OF_A_KEY = 2_000;
const REJECTION_SAMPLE = 0.01;
const ACCEPTANCE_SAMPLE = 0.005;
/** Keys whose rejections are counted one by one: a hostile log may name a new key on every row. */
const COUNTED_KEYS = 4_096;

/** The fast and the exact rule gave different answers for one signature. */
export class BackendDisagreement extends Error {
  override readonly name = "BackendDisagreement";
}

export interface RefereeCount {
  signatures: number;
  checked: number;
  disagreements: number;
}

/**
 * Runs the platform's fast rule and repeats a part of its answers with the kernel's exact one: every
 * rejection at first, since a false one accuses, then seeded samples of both kinds.
 *
 * @throws BackendDisagreement from `verify`, when the two rules differ.
 */
export class Referee implements SignatureBackend {
  readonly name: string;
  readonly count: RefereeCount = { signatures: 0, checked: 0, disagreements: 0 };
  readonly #platform: Platform;
  readonly #rejections = new Map<string, number>();
  #state: number;

  constructor(platform: Platform) {
    this.name = `${platform.backend.name}, refereed`;
    this.#platform = platform;
    this.#state = platform.seed >>> 0;
  }

  async verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    this.count.signatures += 1;
    const fits = await this.#platform.backend.verify(key, message, signature);
    if (this.#platform.exact || !this.#isSampled(key, fits)) {
      return fits;
    }
    this.count.checked += 1;
    if (verifySignature(key, message, signature) !== fits) {
      this.count.disagreements += 1;
      throw new BackendDisagreement(`${this.#platform.backend.name} says ${fits}`);
    }
    return fits;
  }

  #isSampled(key: Uint8Array, fits: boolean): boolean {
    if (fits) {
      return this.#random() < ACCEPTANCE_SAMPLE;
    }
    const name = toHex(key);
    const seen = this.#rejections.get(name) ?? 0;
    if (seen > 0 || this.#rejections.size < COUNTED_KEYS) {
      this.#rejections.set(name, seen + 1);
    }
    return seen < REJECTIONS_OF_A_KEY || this.#random() < REJECTION_SAMPLE;
  }

  /** Mulberry32: reproducible, and nothing here needs to be unpredictable. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
