import type { ByteSource } from "../record.ts";
import { crc32 } from "./crc32.ts";
import type { Limit, UnpackContext } from "./unpack.ts";

const READ_BYTES = 1024 * 1024;
/** One push can give a thousand times its size, so limits are looked at this often. */
const PUSH_BYTES = 32 * 1024;

export interface Inflated {
  /** What came out before any problem. */
  readonly source: ByteSource;
  readonly size: number;
  readonly crc32: number;
  /** Whether the decoder refused the data or met its end too early. */
  readonly broken: boolean;
  readonly limit: Limit | null;
}

interface Decoder {
  push(chunk: Uint8Array, final: boolean): void;
}

/**
 * Runs the octets `start` to `end` through a streaming decoder, counting what really comes out.
 *
 * @param createDecoder makes the decoder; it is given what to call with each unpacked piece
 */
export async function inflate(
  source: ByteSource,
  start: number,
  end: number,
  context: UnpackContext,
  createDecoder: (onPiece: (piece: Uint8Array<ArrayBuffer>) => void) => Decoder,
): Promise<Inflated> {
  const sink = context.sink();
  const packed = end - start;
  let size = 0;
  let crc = 0;
  let limit: Limit | null = null;
  const decoder = createDecoder((piece) => {
    if (limit !== null || piece.length === 0) return;
    size += piece.length;
    limit = context.budget.takeBytes(piece.length, size, packed);
    if (limit !== null) return;
    crc = crc32(piece, crc);
    sink.add(piece);
  });
  let broken = packed === 0;
  for (let position = start; position < end && !broken && limit === null; ) {
    context.signal?.throwIfAborted();
    const block = await source.read(position, Math.min(position + READ_BYTES, end));
    position += block.length;
    if (block.length === 0) broken = true;
    for (let from = 0; from < block.length && !broken && limit === null; from += PUSH_BYTES) {
      const to = Math.min(from + PUSH_BYTES, block.length);
      try {
        decoder.push(block.subarray(from, to), position >= end && to === block.length);
      } catch {
        broken = true;
      }
    }
  }
  return { source: sink.source(), size, crc32: crc, broken, limit };
}
