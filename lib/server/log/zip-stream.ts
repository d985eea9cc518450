import { Zip, ZipDeflate } from "fflate";

/** One file of an archive, piece by piece. */
export interface ZipEntry {
  readonly path: string;
  readonly pieces: Iterable<Uint8Array>;
}

/** Cheap to make, and receipts shrink to a sixth of their size already at this level. */
const LEVEL = 3;

/**
 * A zip of the entries as it is made: what is held at a time is one piece and what it was compressed to. The
 * consumer's pace is the producer's, since nothing is read before the last chunk was taken.
 */
export async function* zipStream(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array, void> {
  let ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((problem, chunk) => {
    failure ??= problem;
    ready.push(chunk);
  });
  const drain = function* (): Generator<Uint8Array, void> {
    const chunks = ready;
    ready = [];
    if (failure !== null) {
      throw failure;
    }
    yield* chunks;
  };
  for (const { path, pieces } of entries) {
    const file = new ZipDeflate(path, { level: LEVEL });
    zip.add(file);
    for (const piece of pieces) {
      file.push(piece, false);
      yield* drain();
      // Others are served between two pieces, however fast the consumer is.
      await nextTurn();
    }
    file.push(new Uint8Array(), true);
    yield* drain();
  }
  zip.end();
  yield* drain();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
