import type { JsonValue } from "../json/value.ts";
import type { GuardMemory } from "./guard.ts";

/** Entries that {@link mapMemory} holds unless told otherwise. */
export const DEFAULT_MEMORY_LIMIT = 100_000;

function slot(guard: string, key: string): string {
  return JSON.stringify([guard, key]);
}

/**
 * A memory in this process, of at most `limit` entries; a new one beyond it takes the place of the entry that
 * was used least recently. The adversary is an agent that names a new session with every call. Refusing new
 * entries would let it stop everybody else. Evicting lets it forget only what it has not used for `limit`
 * entries: each of its calls also touches the entries of the capability that it calls with, so those stay.
 */
export function mapMemory(limit: number = DEFAULT_MEMORY_LIMIT): GuardMemory {
  const entries = new Map<string, JsonValue>();
  const keep = (name: string, value: JsonValue): void => {
    entries.delete(name);
    entries.set(name, value);
  };
  return {
    get(guard, key) {
      const name = slot(guard, key);
      const value = entries.get(name);
      if (value !== undefined) {
        keep(name, value);
      }
      return value;
    },
    set(guard, key, value) {
      keep(slot(guard, key), value);
      const [oldest] = entries.keys();
      if (entries.size > limit && oldest !== undefined) {
        entries.delete(oldest);
      }
    },
  };
}
