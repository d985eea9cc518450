/** Largest moment that a Date can hold, in seconds. A hostile file may claim a later one. */
const LAST_SECOND = 8_640_000_000_000;

function parts(seconds: number): { readonly date: string; readonly time: string } | null {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > LAST_SECOND) return null;
  const text = new Date(Math.floor(seconds) * 1000).toISOString();
  const cut = text.indexOf("T");
  return { date: text.slice(0, cut), time: text.slice(cut + 1, cut + 9) };
}

function outside(seconds: number): string {
  return `second ${seconds}`;
}

/** Unix seconds as `2026-04-15 16:34:31`, in UTC; the zone is not appended. */
export function formatDateTime(seconds: number): string {
  const at = parts(seconds);
  return at === null ? outside(seconds) : `${at.date} ${at.time}`;
}

/** Unix seconds as `16:34:31`, in UTC; the zone is not appended. */
export function formatTime(seconds: number): string {
  const at = parts(seconds);
  return at === null ? outside(seconds) : at.time;
}

/** Unix seconds as `2026-04-15`, in UTC. */
export function formatDate(seconds: number): string {
  const at = parts(seconds);
  return at === null ? outside(seconds) : at.date;
}

/** A time range with its zone: `2026-04-15 16:06 to 18:40 UTC`; the second date only where it differs. */
export function formatRange(range: { readonly from: number; readonly to: number }): string {
  const from = parts(range.from);
  const to = parts(range.to);
  if (from === null || to === null) {
    return `${formatDateTime(range.from)} to ${formatDateTime(range.to)} UTC`;
  }
  const start = `${from.date} ${from.time.slice(0, 5)}`;
  const end = to.time.slice(0, 5);
  if (from.date !== to.date) return `${start} to ${to.date} ${end} UTC`;
  return from.time.slice(0, 5) === end ? `${start} UTC` : `${start} to ${end} UTC`;
}

/** A length of time: `0.4 s`, `12 s`, `3 min`, `1 h 5 min`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "unknown";
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
