import { pageSizeOf } from "./wal.ts";

export interface StoreImage {
  /** Whole pages; the header's page count is theirs, and SQLite refuses what points beyond. */
  readonly bytes: Uint8Array;
  readonly cut: { readonly expected: string; readonly actual: string } | null;
}

/**
 * Checks the file against its own page count. SQLite fills a half page with zeros and goes on, so that a cut
 * store would show rows that nobody wrote.
 */
export function wholeImage(file: Uint8Array): StoreImage {
  const pageSize = pageSizeOf(file);
  if (pageSize === 0 || file.length < 100) return { bytes: file, cut: null };
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const pages = Math.floor(file.length / pageSize);
  // SQLite itself trusts the stated number only when these two counters agree.
  const isStated = view.getUint32(24) === view.getUint32(92) && view.getUint32(28) > 0;
  const stated = isStated ? view.getUint32(28) : Math.ceil(file.length / pageSize);
  if (file.length >= stated * pageSize) return { bytes: file, cut: null };
  const bytes = new Uint8Array(file.subarray(0, pages * pageSize));
  if (bytes.length > 0) new DataView(bytes.buffer).setUint32(28, pages);
  const expected = `${stated} pages of ${pageSize} octets`;
  return { bytes, cut: { expected, actual: `${file.length} octets` } };
}
