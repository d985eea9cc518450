import { Unzip, UnzipInflate, UnzipPassThrough } from "fflate";
import type { ByteSource } from "../record.ts";
import type { ByteSink } from "../sources.ts";
import {
  type ArchiveStep,
  damaged,
  type Limit,
  overLimit,
  type UnpackContext,
  type Unpacking,
} from "./unpack.ts";

const PUSH_BYTES = 32 * 1024;

/** What can be read of a ZIP file from its beginning, entry by entry, where its directory is gone. */
export async function* salvageZip(source: ByteSource, context: UnpackContext): Unpacking {
  const found: {
    readonly name: string;
    readonly sink: ByteSink;
    readonly problem: ArchiveStep | null;
  }[] = [];
  let limit: Limit | null = null;
  const unzip = new Unzip((file) => {
    if (file.name.endsWith("/") || limit !== null) return;
    limit = context.budget.takeMember();
    if (limit !== null) return;
    if (file.compression !== 0 && file.compression !== 8) {
      const problem = damaged(file.name, `packed by method ${file.compression}, not read`);
      found.push({ name: file.name, sink: context.sink(), problem });
      return;
    }
    const sink = context.sink();
    let size = 0;
    found.push({ name: file.name, sink, problem: null });
    file.ondata = (error, piece) => {
      if (error !== null || piece === undefined || piece.length === 0 || limit !== null) return;
      size += piece.length;
      limit = context.budget.takeBytes(piece.length, size, file.size ?? source.size);
      if (limit === null) sink.add(new Uint8Array(piece));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  for (let position = 0; position < source.size && limit === null; position += PUSH_BYTES) {
    context.signal?.throwIfAborted();
    const block = await source.read(position, Math.min(position + PUSH_BYTES, source.size));
    try {
      unzip.push(block, position + PUSH_BYTES >= source.size);
    } catch {
      // The decoder cannot read on behind the damage; what came before it is kept.
      break;
    }
  }
  for (const { name, sink, problem } of found) {
    if (problem === null) yield { kind: "entry", name, source: sink.source() };
    else yield problem;
  }
  if (limit !== null) yield overLimit(null, limit);
}
