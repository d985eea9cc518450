const DAY = 86_400_000_000n;
const END = 9_223_372_036_854_775_807n;

/** A day since 1970-01-01 in the proleptic Gregorian calendar, of any year. */
export function dateText(days: number): string {
  if (days === 2_147_483_647) {
    return "infinity";
  }
  if (days === -2_147_483_647) {
    return "-infinity";
  }
  // Howard Hinnant's civil_from_days: eras of 400 years that begin in March.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const day = shifted - era * 146_097;
  const year = Math.floor(
    (day - Math.floor(day / 1460) + Math.floor(day / 36_524) - Math.floor(day / 146_096)) / 365,
  );
  const ofYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const ofMonth = ofYear - Math.floor((153 * month + 2) / 5) + 1;
  const civil = month < 10 ? month + 3 : month - 9;
  const full = year + era * 400 + (civil <= 2 ? 1 : 0);
  const shown = full > 0 ? String(full).padStart(4, "0") : String(1 - full).padStart(4, "0");
  return `${shown}-${two(civil)}-${two(ofMonth)}${full > 0 ? "" : " (BC)"}`;
}

/** Microseconds since 1970-01-01T00:00:00 as the engine writes a timestamp. */
export function timestampText(micros: bigint): string {
  if (micros === END) {
    return "infinity";
  }
  if (micros === -END) {
    return "-infinity";
  }
  const rest = ((micros % DAY) + DAY) % DAY;
  const date = dateText(Number((micros - rest) / DAY));
  const seconds = Number(rest / 1_000_000n);
  const fraction = String(rest % 1_000_000n)
    .padStart(6, "0")
    .replace(/0+$/, "");
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${date.replace(" (BC)", "")} ${time}${fraction === "" ? "" : `.${fraction}`}${
    date.endsWith("(BC)") ? " (BC)" : ""
  }`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
