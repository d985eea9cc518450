const WAL_HEADER = 32;
const FRAME_HEADER = 24;

export interface WalReplay {
  /** The database with every committed frame in place. */
  readonly bytes: Uint8Array;
  /** Frames that were taken over. */
  readonly frames: number;
  /** Frames of this log that were not: damaged, cut, or of a transaction that never ended. */
  readonly ignored: number;
}

/** Size of a page in octets as the database's header states it; 0 where it is no power of two from 512 to 65536. */
export function pageSizeOf(database: Uint8Array): number {
  const stated = (database[16] ?? 0) * 256 + (database[17] ?? 0);
  return validPageSize(stated === 1 ? 65536 : stated);
}

export function walPageSizeOf(wal: Uint8Array): number {
  return wal.length < WAL_HEADER ? 0 : validPageSize(viewOf(wal).getUint32(8));
}

/**
 * Replays a write-ahead log up to its last commit, by SQLite's file format (section 4): a frame counts when
 * its salts are the header's and the running checksum fits. Frames with other salts are left from an earlier
 * use of the file, and are no loss.
 */
export function replayWal(database: Uint8Array, wal: Uint8Array): WalReplay {
  const pageSize = walPageSizeOf(wal);
  const frameSize = FRAME_HEADER + pageSize;
  const whole =
    wal.length <= WAL_HEADER ? 0 : Math.ceil((wal.length - WAL_HEADER) / (frameSize || 1));
  const unread = { bytes: new Uint8Array(database), frames: 0, ignored: whole };
  if (pageSize === 0 || pageSize !== pageSizeOf(database)) return unread;
  const view = viewOf(wal);
  const littleEndian = view.getUint32(0) === 0x377f0682;
  let sums = checksum(view, 0, 24, littleEndian, [0, 0]);
  if (sums[0] !== view.getUint32(24) || sums[1] !== view.getUint32(28)) return unread;

  const committed = new Map<number, number>();
  let pending = new Map<number, number>();
  let frames = 0;
  let pages = Math.floor(database.length / pageSize);
  const mostPages = pages + whole;
  let frame = 0;
  for (; WAL_HEADER + (frame + 1) * frameSize <= wal.length; frame += 1) {
    const at = WAL_HEADER + frame * frameSize;
    if (!hasSalts(view, at)) break;
    sums = checksum(view, at, 8, littleEndian, sums);
    sums = checksum(view, at + FRAME_HEADER, pageSize, littleEndian, sums);
    if (sums[0] !== view.getUint32(at + 16) || sums[1] !== view.getUint32(at + 20)) break;
    pending.set(view.getUint32(at), at + FRAME_HEADER);
    const sizeAfter = view.getUint32(at + 4);
    if (sizeAfter === 0) continue;
    // No transaction can make the database longer than all pages that exist: a hostile size is damage.
    if (sizeAfter > mostPages) break;
    for (const [page, place] of pending) committed.set(page, place);
    pending = new Map();
    frames = frame + 1;
    pages = sizeAfter;
  }
  const bytes = new Uint8Array(pages * pageSize);
  bytes.set(database.subarray(0, Math.min(database.length, bytes.length)));
  for (const [page, place] of committed) {
    if (page === 0 || page > pages) continue;
    bytes.set(wal.subarray(place, place + pageSize), (page - 1) * pageSize);
  }
  return { bytes, frames, ignored: lostFrames(view, frames, frameSize) };
}

/** Frames from `first` on that carry the header's salts, a cut last one included. */
function lostFrames(view: DataView, first: number, frameSize: number): number {
  let lost = 0;
  for (let at = WAL_HEADER + first * frameSize; at < view.byteLength; at += frameSize) {
    const readable = at + 16 <= view.byteLength;
    if (readable && !hasSalts(view, at)) break;
    lost += 1;
  }
  return lost;
}

function hasSalts(view: DataView, frame: number): boolean {
  return (
    view.getUint32(frame + 8) === view.getUint32(16) &&
    view.getUint32(frame + 12) === view.getUint32(20)
  );
}

/** SQLite's running checksum over pairs of 32-bit words. */
export function checksum(
  view: DataView,
  start: number,
  length: number,
  littleEndian: boolean,
  before: readonly [number, number],
): [number, number] {
  let [first, second] = before;
  for (let at = start; at < start + length; at += 8) {
    first = (first + view.getUint32(at, littleEndian) + second) >>> 0;
    second = (second + view.getUint32(at + 4, littleEndian) + first) >>> 0;
  }
  return [first, second];
}

function validPageSize(size: number): number {
  return size >= 512 && size <= 65536 && (size & (size - 1)) === 0 ? size : 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
