/** What a file is, by its first octets: a name can be given by anyone. */
export type Container = "zip" | "gzip" | "tar" | "sqlite" | "wal" | "none";

/** Octets that {@link detectContainer} needs to see. */
export const HEAD_BYTES = 512;

const SQLITE_MAGIC = "SQLite format 3\0";

export function detectContainer(head: Uint8Array): Container {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte);
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return "zip";
  if (starts(0x1f, 0x8b, 8)) return "gzip";
  if (starts(...Array.from(SQLITE_MAGIC, (sign) => sign.charCodeAt(0)))) return "sqlite";
  if (starts(0x37, 0x7f, 6, 0x82) || starts(0x37, 0x7f, 6, 0x83)) return "wal";
  return isTarHeader(head.subarray(0, 512)) ? "tar" : "none";
}

/** Whether the header's own checksum holds (POSIX ustar and older headers alike). */
export function isTarHeader(header: Uint8Array): boolean {
  if (header.length < 512) return false;
  const stated = octal(header.subarray(148, 156));
  if (stated === null || stated === 0) return false;
  let sum = 0;
  for (let index = 0; index < 512; index += 1) {
    sum += index >= 148 && index < 156 ? 0x20 : (header[index] ?? 0);
  }
  return sum === stated;
}

/** Octal digits padded with spaces or NULs; null where there is anything else. */
export function octal(field: Uint8Array): number | null {
  const text = String.fromCharCode(...field)
    .replaceAll("\0", " ")
    .trim();
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : null;
}
