import { LIMITS } from "@/lib/ingest/record.ts";

/** What one look at the file found. */
export interface FileStep {
  /** Whole lines that are new, with the line feed of the last; null where there are none yet. */
  readonly lines: Uint8Array | null;
  readonly size: number;
  readonly read: number;
  readonly waiting: number;
  /** The file was cut or replaced: it is read from its start again. */
  readonly restarted: "shorter" | "rewritten" | null;
  /** Octets of a line that was longer than any record may be, and is not read. */
  readonly skipped: number;
  /** There is more to read at once. */
  readonly isMore: boolean;
}

/** Octets that are read at a look; enough for a burst, little enough to be shown soon. */
const STEP_OCTETS = 1024 * 1024;
/** Octets before the place of reading that are compared at each look, to see whether the file is the same. */
const MARK_OCTETS = 64;
const LINE_FEED = 0x0a;

/**
 * Reads what is added to a file: only new octets, and only whole lines; a line that is still being written
 * waits. A file that became shorter, or whose octets before the place of reading changed, was rotated or
 * written anew, and is read from its start.
 */
export class GrowingFile {
  #at = 0;
  #mark = new Uint8Array();
  /** Within a line that is too long: its rest is passed over. */
  #isSkipping = false;
  readonly #step: number;

  /** @param startAt octets that are passed over: the size of the file now, to see only what is new */
  constructor(startAt = 0, step = STEP_OCTETS) {
    this.#at = startAt;
    this.#step = step;
  }

  /** @throws what reading the file throws: it was removed, or its permission was withdrawn */
  async look(file: Blob): Promise<FileStep> {
    const restarted = await this.#restart(file);
    const { size } = file;
    let length = Math.min(this.#step, size - this.#at);
    let octets = await read(file, this.#at, this.#at + length);
    let end = octets.lastIndexOf(LINE_FEED) + 1;
    while (end === 0 && this.#at + length < size && length < LIMITS.recordBytes) {
      // A line that is longer than a step: more of it, up to what a record may be.
      length = Math.min(length * 2, size - this.#at, LIMITS.recordBytes);
      octets = await read(file, this.#at, this.#at + length);
      end = octets.lastIndexOf(LINE_FEED) + 1;
    }
    if (this.#isSkipping || (end === 0 && length >= LIMITS.recordBytes)) {
      return this.#skip(octets, size, restarted);
    }
    const lines = end === 0 ? null : octets.subarray(0, end);
    this.#move(octets, end);
    return this.#result(lines, size, restarted, 0);
  }

  #skip(octets: Uint8Array, size: number, restarted: FileStep["restarted"]): FileStep {
    const feed = octets.indexOf(LINE_FEED) + 1;
    const skipped = feed === 0 ? octets.length : feed;
    this.#isSkipping = feed === 0;
    this.#move(octets, skipped);
    return this.#result(null, size, restarted, skipped);
  }

  #result(
    lines: Uint8Array | null,
    size: number,
    restarted: FileStep["restarted"],
    skipped: number,
  ): FileStep {
    const waiting = size - this.#at;
    const isMore = (lines !== null || skipped > 0) && waiting > 0;
    return { lines, size, read: this.#at, waiting, restarted, skipped, isMore };
  }

  #move(octets: Uint8Array, by: number): void {
    if (by > 0) {
      const joined = new Uint8Array(this.#mark.length + by);
      joined.set(this.#mark);
      joined.set(octets.subarray(0, by), this.#mark.length);
      this.#mark = joined.slice(-MARK_OCTETS);
      this.#at += by;
    }
  }

  async #restart(file: Blob): Promise<FileStep["restarted"]> {
    const found = await this.#whyRestart(file);
    if (found !== null) {
      this.#at = 0;
      this.#mark = new Uint8Array();
      this.#isSkipping = false;
    }
    return found;
  }

  async #whyRestart(file: Blob): Promise<FileStep["restarted"]> {
    if (file.size < this.#at) {
      return "shorter";
    }
    const before = await read(file, this.#at - this.#mark.length, this.#at);
    return before.every((octet, index) => octet === this.#mark[index]) ? null : "rewritten";
  }
}

async function read(file: Blob, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}
