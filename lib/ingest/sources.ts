import type { ByteSource } from "./record.ts";

/** A dropped or chosen file, or an unpacked member in the page. Nothing is held in memory. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    transferable: blob,
    async read(start, end) {
      return new Uint8Array(await blob.slice(start, end).arrayBuffer());
    },
  };
}

export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    transferable: null,
    async read(start, end) {
      return bytes.subarray(start, end);
    },
  };
}

/**
 * Bytes that arrived in pieces, read without ever joining them: a member may be larger than the largest
 * array that the platform can make.
 */
export function piecesSource(pieces: readonly Uint8Array[]): ByteSource {
  const only = pieces.length === 1 ? pieces[0] : undefined;
  if (only !== undefined) return bytesSource(only);
  const starts = new Float64Array(pieces.length + 1);
  for (const [index, piece] of pieces.entries()) {
    starts[index + 1] = (starts[index] ?? 0) + piece.length;
  }
  const size = starts[pieces.length] ?? 0;
  return {
    size,
    transferable: null,
    async read(start, end) {
      const from = Math.min(start, size);
      const to = Math.max(from, Math.min(end, size));
      const bytes = new Uint8Array(to - from);
      let index = firstAbove(starts, from) - 1;
      for (let filled = 0; filled < bytes.length; index += 1) {
        const pieceStart = starts[index] ?? 0;
        const part = pieces[index]?.subarray(from + filled - pieceStart, to - pieceStart);
        if (part === undefined) break;
        bytes.set(part, filled);
        filled += part.length;
      }
      return bytes;
    },
  };
}

/** A range of another source: a member of an archive that stores it unpacked. */
export function sliceSource(source: ByteSource, start: number, end: number): ByteSource {
  const from = Math.min(Math.max(start, 0), source.size);
  const to = Math.max(from, Math.min(end, source.size));
  return {
    size: to - from,
    transferable: source.transferable?.slice(from, to) ?? null,
    read: (first, last) => source.read(Math.min(from + first, to), Math.min(from + last, to)),
  };
}

/** Index of the first element above `value` in ascending `sorted`; its length where there is none. */
export function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Where unpacked bytes are kept: it takes pieces as they come and is a source at the end. */
export interface ByteSink {
  add(piece: Uint8Array<ArrayBuffer>): void;
  source(): ByteSource;
}

export function memorySink(): ByteSink {
  const pieces: Uint8Array[] = [];
  return { add: (piece) => pieces.push(piece), source: () => piecesSource(pieces) };
}

const BLOB_PART_BYTES = 32 * 1024 * 1024;

/** For the page: the browser may keep a Blob on disk, and workers read it without a copy. */
export function blobSink(): ByteSink {
  let parts: BlobPart[] = [];
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let waitingBytes = 0;
  const flush = (): void => {
    if (waiting.length > 0) parts = [...parts, new Blob(waiting)];
    waiting = [];
    waitingBytes = 0;
  };
  return {
    add(piece) {
      waiting.push(piece);
      waitingBytes += piece.length;
      if (waitingBytes >= BLOB_PART_BYTES) flush();
    },
    source() {
      flush();
      return blobSource(new Blob(parts));
    },
  };
}
