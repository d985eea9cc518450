import { ByteWriter } from "hyparquet-writer";

/** Octets as they are written, handed over in between: a file is never in memory twice. */
export class PieceWriter extends ByteWriter {
  /** What was written since the last time. */
  take(): readonly Uint8Array<ArrayBuffer>[] {
    const piece = new Uint8Array(this.getBuffer());
    // The offset counts on: places in the file are told by it.
    this.index = 0;
    return piece.length === 0 ? [] : [piece];
  }
}
