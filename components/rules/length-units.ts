/** Seconds in each unit that a length of time may be given in. */
export const LENGTH_UNITS = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
export type LengthUnit = keyof typeof LENGTH_UNITS;

/** Windows and cooldowns are at most this long: a year. */
export const MOST_SECONDS = 366 * 86_400;

/** The largest unit of which `seconds` is a whole number. */
export function unitOf(seconds: number): LengthUnit {
  if (seconds > 0 && seconds % LENGTH_UNITS.days === 0) return "days";
  if (seconds > 0 && seconds % LENGTH_UNITS.hours === 0) return "hours";
  return seconds % LENGTH_UNITS.minutes === 0 ? "minutes" : "seconds";
}
