/** An integer from 0 in digits. */
export function isDigits(text: string): boolean {
  return /^\d{1,19}$/.test(text);
}

/** Unix milliseconds written in digits; Kafka writes -1 for none. Undefined where it is neither. */
export function millisecondsOf(text: string): number | null | undefined {
  if (text === "-1" || text === "") return null;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?$/;

/**
 * A time in digits or as ISO 8601, as Unix milliseconds. Digits are microseconds, milliseconds or seconds by
 * their size (streaming reference 5.2); a text without a zone is UTC.
 */
export function timeOf(text: string): number | null | undefined {
  const whole = millisecondsOf(text);
  if (whole !== undefined) {
    return whole === null || whole < 1e8
      ? whole
      : whole > 1e14
        ? Math.floor(whole / 1000)
        : whole > 1e11
          ? whole
          : whole * 1000;
  }
  if (!ISO.test(text)) return undefined;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned.replace(" ", "T"));
  return Number.isNaN(time) || time < 0 ? undefined : time;
}
