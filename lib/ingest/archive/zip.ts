import { Inflate } from "fflate";
import { decodeLossily } from "../raw-records.ts";
import type { ByteSource } from "../record.ts";
import { sliceSource } from "../sources.ts";
import { crc32 } from "./crc32.ts";
import { inflate } from "./inflate.ts";
import {
  type ArchiveStep,
  damaged,
  overLimit,
  type UnpackContext,
  type Unpacking,
} from "./unpack.ts";
import { readZipDirectory, viewOf, type ZipEntry } from "./zip-directory.ts";
import { salvageZip } from "./zip-salvage.ts";

const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;
const LOCAL_HEADER_BYTES = 30;
const CHECK_BYTES = 4 * 1024 * 1024;

/**
 * The entries of a ZIP file, by its central directory, as archive tools list it. Where the directory is missing,
 * the file is read from its beginning for what can be saved.
 */
export async function* unpackZip(source: ByteSource, context: UnpackContext): Unpacking {
  const entries = await readZipDirectory(source);
  if (entries === null) {
    yield damaged(null, "no directory at the end: damaged or cut");
    yield* salvageZip(source, context);
    return;
  }
  for (const entry of entries) {
    const name = decodeLossily(entry.nameBytes);
    if (name.endsWith("/") && entry.size === 0) continue;
    const limit = context.budget.takeMember();
    if (limit !== null) {
      yield overLimit(name, limit);
      return;
    }
    const stopped = yield* unpackEntry(source, entry, name, context);
    if (stopped) return;
  }
}

/** Returns whether a limit was passed, which ends the whole archive. */
async function* unpackEntry(
  source: ByteSource,
  entry: ZipEntry,
  name: string,
  context: UnpackContext,
): AsyncGenerator<ArchiveStep, boolean> {
  if ((entry.flags & ENCRYPTED) !== 0) {
    yield damaged(name, "encrypted, not read");
    return false;
  }
  const header = await source.read(entry.offset, entry.offset + LOCAL_HEADER_BYTES);
  const view = viewOf(header);
  if (header.length < LOCAL_HEADER_BYTES || view.getUint32(0, true) !== 0x04034b50) {
    yield damaged(name, "the directory points to no entry");
    return false;
  }
  const nameEnd = entry.offset + LOCAL_HEADER_BYTES + view.getUint16(26, true);
  const localName = decodeLossily(await source.read(entry.offset + LOCAL_HEADER_BYTES, nameEnd));
  if (localName !== name) yield damaged(name, `its own header names it ${localName}`, name);
  const start = nameEnd + view.getUint16(28, true);
  const end = Math.min(start + entry.packedSize, source.size);
  switch (entry.method) {
    case STORED: {
      const content = sliceSource(source, start, end);
      const limit = context.budget.takeBytes(content.size, content.size, content.size);
      if (limit !== null) {
        yield overLimit(name, limit);
        return true;
      }
      yield { kind: "entry", name, source: content };
      if ((await checksumOf(content, context)) !== entry.crc32 || content.size !== entry.size) {
        yield damaged(name, "its content does not have its checksum");
      }
      return false;
    }
    case DEFLATED: {
      const inflated = await inflate(
        source,
        start,
        end,
        context,
        (onPiece) => new Inflate(onPiece),
      );
      yield { kind: "entry", name, source: inflated.source };
      if (inflated.limit !== null) {
        yield overLimit(name, inflated.limit);
        return true;
      }
      if (inflated.crc32 !== entry.crc32 || inflated.size !== entry.size) {
        yield damaged(name, "its content does not have its checksum");
      }
      return false;
    }
    default:
      yield damaged(name, `packed by method ${entry.method}, not read`, "stored or deflated");
      return false;
  }
}

async function checksumOf(source: ByteSource, context: UnpackContext): Promise<number> {
  let crc = 0;
  for (let position = 0; position < source.size; position += CHECK_BYTES) {
    context.signal?.throwIfAborted();
    crc = crc32(await source.read(position, position + CHECK_BYTES), crc);
  }
  return crc;
}
