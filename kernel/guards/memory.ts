import type { JsonValue } from "../json/value.ts";
import type { GuardMemory } from "./guard.ts";

/** Entries that {@link mapMemory} holds unless told otherwise. */
export const DEFAULT_MEMORY_LIMIT = 100_000;

function slot(guard: string, key: string): string {
  return JSON.stringify([guard, key]);
}

/**
 * A memory in this process, of at most `limit` entries. A full memory throws on the next new entry, which
 * denies the call: to evict one would hand an agent that fills the memory a fresh bucket and a clean journal.
 */
export function mapMemory(limit: number = DEFAULT_MEMORY_LIMIT): GuardMemory {
  const entries = new Map<string, JsonValue>();
  return {
    get: (guard, key) => entries.get(slot(guard, key)),
    set(guard, key, value) {
      const name = slot(guard, key);
      if (entries.size >= limit && !entries.has(name)) {
        throw new RangeError(`the memory of the guards is full: ${limit} entries`);
      }
      entries.set(name, value);
    },
  };
}

/** A copy to write on: reads fall through to `base`, which is never changed. For a call that must leave no trace. */
export function overlayMemory(base: GuardMemory): GuardMemory {
  const written = new Map<string, JsonValue>();
  return {
    get: (guard, key) => {
      const name = slot(guard, key);
      return written.has(name) ? written.get(name) : base.get(guard, key);
    },
    set(guard, key, value) {
      written.set(slot(guard, key), value);
    },
  };
}
