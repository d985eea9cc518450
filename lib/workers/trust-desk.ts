import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile, type TrustFile, type TrustKey } from "@/kernel/trust/trust-file.ts";
import type { TrustKey as ShownKey, TrustState } from "@/lib/session/model.ts";

/** A trust file as it was found. `alone`: nothing else came with it, so the auditor chose it on purpose. */
export interface FoundTrust {
  readonly id: string;
  readonly path: string;
  readonly input: number;
  readonly value: JsonObject;
  readonly alone: boolean;
}

interface Kept {
  readonly id: string;
  readonly path: string;
  readonly file: TrustFile;
}

/**
 * Decides which keys count. A trust file that came with evidence, or inside an archive, is only offered:
 * whoever made the evidence could have put it there. A person pins it after comparing fingerprints.
 */
export class TrustDesk {
  readonly #primitives: Primitives;
  readonly #seen = new Set<string>();
  readonly #refused: { path: string; reason: string }[] = [];
  readonly #inputs = new Set<number>();
  #pinned: Kept[] = [];
  #offered: Kept[] = [];

  constructor(primitives: Primitives) {
    this.#primitives = primitives;
  }

  /** Takes each found file once; the same file again changes nothing. */
  take(found: FoundTrust): void {
    if (this.#seen.has(found.id)) {
      return;
    }
    this.#seen.add(found.id);
    const parsed = parseTrustFile(found.value, this.#primitives);
    if (!parsed.ok) {
      const reason = parsed.error
        .map(({ kind, pointer }) => `${kind} at ${pointer === "" ? "the top" : pointer}`)
        .join("; ");
      this.#refused.push({ path: found.path, reason });
      return;
    }
    const kept = { id: found.id, path: found.path, file: parsed.value };
    if (found.alone) {
      this.#inputs.add(found.input);
    }
    (found.alone ? this.#pinned : this.#offered).push(kept);
  }

  /** Inputs that the auditor gave to judge by: they are no part of the evidence. */
  get inputs(): ReadonlySet<number> {
    return this.#inputs;
  }

  pin(id: string): void {
    this.#pinned.push(...this.#offered.filter((kept) => kept.id === id));
    this.#offered = this.#offered.filter((kept) => kept.id !== id);
  }

  /** Nothing is pinned any more; the files stay on offer. */
  unpinAll(): void {
    this.#offered = [...this.#offered, ...this.#pinned];
    this.#pinned = [];
  }

  /** The keys to judge by, or null where nothing is pinned. */
  bundle(): TrustBundle | null {
    const keys = this.#pinned.flatMap((kept) => kept.file.keys);
    return keys.length === 0 ? null : trustBundle({ keys, signer: null });
  }

  keysOf(path: string): readonly ShownKey[] {
    return [...this.#pinned, ...this.#offered]
      .filter((kept) => kept.path === path)
      .flatMap((kept) => kept.file.keys.map(shownKey));
  }

  state(): TrustState {
    return {
      pinned: this.#pinned.flatMap((kept) => kept.file.keys.map(shownKey)),
      offered: this.#offered.map(({ id, path, file }) => ({
        id,
        path,
        keys: file.keys.map(shownKey),
      })),
      refused: [...this.#refused],
    };
  }
}

function shownKey(key: TrustKey): ShownKey {
  return {
    role: key.role,
    key: key.key.canonical,
    fingerprint: key.key.canonical,
    note: key.note,
    validFrom: seconds(key.validFrom),
    validUntil: seconds(key.validUntil),
    retiredAt: seconds(key.retiredAt),
  };
}

function seconds(time: bigint | null): number | null {
  return time === null ? null : Number(time);
}
