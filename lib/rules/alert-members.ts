import { ALERT_MEMBERS } from "./model.ts";

/**
 * Which events of an alert's window it lists, by their places from 0, ascending: all of them, or of a longer
 * window the first of each distinct value, which is what a rule over distinct values fired for, and the latest.
 *
 * @param valueAt the value that is counted as distinct; null where values are not counted
 */
export function alertMembers(
  count: number,
  valueAt: ((place: number) => number | string) | null,
): readonly number[] {
  if (count <= ALERT_MEMBERS) {
    return Array.from({ length: count }, (_, place) => place);
  }
  const chosen = new Set<number>();
  if (valueAt !== null) {
    const seen = new Set<number | string>();
    for (let place = 0; place < count && chosen.size < ALERT_MEMBERS; place += 1) {
      const value = valueAt(place);
      if (!seen.has(value)) {
        seen.add(value);
        chosen.add(place);
      }
    }
  }
  for (let place = count - 1; chosen.size < ALERT_MEMBERS; place -= 1) {
    chosen.add(place);
  }
  return [...chosen].sort((a, b) => a - b);
}
