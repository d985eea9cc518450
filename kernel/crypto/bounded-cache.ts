/**
 * Remembers computed values by name, the most recently used `capacity` of them: a hostile file can name
 * a new key on every line, and must not be able to fill the memory with them.
 */
export function boundedCache<T>(capacity: number): (name: string, compute: () => T) => T {
  const entries = new Map<string, { readonly value: T }>();
  return (name, compute) => {
    const known = entries.get(name);
    if (known !== undefined) {
      entries.delete(name);
      entries.set(name, known);
      return known.value;
    }
    const entry = { value: compute() };
    entries.set(name, entry);
    if (entries.size > capacity) {
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    }
    return entry.value;
  };
}
