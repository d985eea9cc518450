import { Gunzip } from "fflate";
import type { ByteSource } from "../record.ts";
import { inflate } from "./inflate.ts";
import { damaged, overLimit, type UnpackContext, type Unpacking } from "./unpack.ts";

const HAS_EXTRA = 4;
const HAS_NAME = 8;
const TRAILER_BYTES = 8;

/**
 * The one entry of a gzip file (RFC 1952). It is named by the header; the name is "" where the header has none.
 * Members that were put one after the other give one entry, as in every gzip tool.
 */
export async function* unpackGzip(source: ByteSource, context: UnpackContext): Unpacking {
  const tooMany = context.budget.takeMember();
  if (tooMany !== null) {
    yield overLimit(null, tooMany);
    return;
  }
  const header = await source.read(0, Math.min(source.size, 4096));
  const name = nameOf(header);
  let members = 1;
  const inflated = await inflate(source, 0, source.size, context, (onPiece) => {
    const decoder = new Gunzip(onPiece);
    decoder.onmember = () => {
      members += 1;
    };
    return decoder;
  });
  yield { kind: "entry", name, source: inflated.source };
  if (inflated.limit !== null) {
    yield overLimit(null, inflated.limit);
    return;
  }
  const trailer = await source.read(Math.max(0, source.size - TRAILER_BYTES), source.size);
  const whole =
    members === 1 ? trailerFits(trailer, inflated.crc32, inflated.size) : !inflated.broken;
  if (!whole) yield damaged(null, `${inflated.size} octets could be unpacked`, "a whole gzip file");
}

function trailerFits(trailer: Uint8Array, crc: number, size: number): boolean {
  if (trailer.length < TRAILER_BYTES) return false;
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER_BYTES);
  return view.getUint32(0, true) === crc && view.getUint32(4, true) === size % 2 ** 32;
}

function nameOf(header: Uint8Array): string {
  const flags = header[3] ?? 0;
  if ((flags & HAS_NAME) === 0) return "";
  const extra = (flags & HAS_EXTRA) === 0 ? 0 : 2 + (header[10] ?? 0) + (header[11] ?? 0) * 256;
  const start = 10 + extra;
  const end = header.indexOf(0, start);
  return end < 0 ? "" : new TextDecoder("latin1").decode(header.subarray(start, end));
}
