import type { ByteSource } from "../record.ts";

export interface ZipEntry {
  readonly nameBytes: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc32: number;
  readonly packedSize: number;
  readonly size: number;
  /** Place of the local header in the file. */
  readonly offset: number;
}

const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const LARGEST_DIRECTORY = 256 * 1024 * 1024;

/** The central directory of a ZIP file (APPNOTE 4.3.12 to 4.3.16, ZIP64 too), or null where it is damaged or cut. */
export async function readZipDirectory(source: ByteSource): Promise<ZipEntry[] | null> {
  const tailStart = Math.max(0, source.size - END_BYTES - LONGEST_COMMENT - 20);
  const tail = viewOf(await source.read(tailStart, source.size));
  const end = findEnd(tail);
  if (end === null) return null;
  let size = tail.getUint32(end + 12, true);
  let stated = tail.getUint32(end + 16, true);
  let directoryEnd = tailStart + end;
  const locator = end - 20;
  if (locator >= 0 && tail.getUint32(locator, true) === 0x07064b50) {
    const place = Number(tail.getBigUint64(locator + 8, true));
    const wide = viewOf(await source.read(place, place + 56));
    if (wide.byteLength < 56 || wide.getUint32(0, true) !== 0x06064b50) return null;
    size = Number(wide.getBigUint64(40, true));
    stated = Number(wide.getBigUint64(48, true));
    directoryEnd = place;
  }
  // Something may stand before the archive; places are then counted from where the archive begins.
  const start = directoryEnd - size;
  const shift = start - stated;
  if (start < 0 || shift < 0 || size > LARGEST_DIRECTORY) return null;
  return parseEntries(await source.read(start, directoryEnd), shift);
}

function parseEntries(bytes: Uint8Array, shift: number): ZipEntry[] | null {
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return null;
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > bytes.length) return null;
    const wide = wideFields(view, nameEnd, extraEnd);
    const field = (place: number): number => {
      const value = view.getUint32(at + place, true);
      return value === 0xffffffff ? (wide.shift() ?? value) : value;
    };
    const size = field(24);
    const packedSize = field(20);
    const offset = field(42) + shift;
    entries.push({
      nameBytes: bytes.subarray(at + 46, nameEnd),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc32: view.getUint32(at + 16, true),
      packedSize,
      size,
      offset,
    });
    at = next;
  }
  return entries;
}

/** The 64-bit values of the ZIP64 extra field, in their order: size, packed size, offset. */
function wideFields(view: DataView, start: number, end: number): number[] {
  for (let at = start; at + 4 <= end; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1 && at + 4 + length <= end) {
      return Array.from({ length: Math.min(3, length >> 3) }, (_, index) =>
        Number(view.getBigUint64(at + 4 + index * 8, true)),
      );
    }
    at += 4 + length;
  }
  return [];
}

/** The last end record whose comment reaches exactly to the end: a comment may hold a false one. */
function findEnd(tail: DataView): number | null {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== 0x06054b50) continue;
    if (at + END_BYTES + tail.getUint16(at + 20, true) === tail.byteLength) return at;
  }
  return null;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
