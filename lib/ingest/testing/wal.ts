import { checksum, pageSizeOf } from "../store/wal.ts";

export interface WalOptions {
  readonly littleEndian?: boolean;
  readonly salt?: number;
  /** Database size in pages that the commits claim, where it is not the true one. */
  readonly sizeAfter?: number;
}

/** A write-ahead log that turns a database into each of the images in turn, one transaction for each. */
export function createWal(
  database: Uint8Array,
  images: readonly Uint8Array[],
  options: WalOptions,
): Uint8Array<ArrayBuffer> {
  const pageSize = pageSizeOf(database);
  const littleEndian = options.littleEndian ?? true;
  const salt = options.salt ?? 0x1234567;
  const frames = images.reduce((count, image) => count + image.length / pageSize, 0);
  const wal = new Uint8Array(32 + frames * (24 + pageSize));
  const view = new DataView(wal.buffer);
  const header = [littleEndian ? 0x377f0682 : 0x377f0683, 3007000, pageSize, 0, salt, salt + 1];
  for (const [index, word] of header.entries()) view.setUint32(index * 4, word);
  let sums = checksum(view, 0, 24, littleEndian, [0, 0]);
  view.setUint32(24, sums[0]);
  view.setUint32(28, sums[1]);
  let at = 32;
  for (const image of images) {
    const pages = image.length / pageSize;
    for (let page = 1; page <= pages; page += 1, at += 24 + pageSize) {
      const commits = page === pages ? (options.sizeAfter ?? pages) : 0;
      for (const [index, word] of [page, commits, salt, salt + 1].entries()) {
        view.setUint32(at + index * 4, word);
      }
      wal.set(image.subarray((page - 1) * pageSize, page * pageSize), at + 24);
      sums = checksum(view, at, 8, littleEndian, sums);
      sums = checksum(view, at + 24, pageSize, littleEndian, sums);
      view.setUint32(at + 16, sums[0]);
      view.setUint32(at + 20, sums[1]);
    }
  }
  return wal;
}
