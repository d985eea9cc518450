import type { Readable } from "node:stream";

/** Where a command writes: standard output or standard error. */
export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** What a command needs from the process, so that tests can run it in theirs. */
export interface Surroundings {
  /** Where relative paths start. */
  readonly cwd: string;
  readonly stdin: Readable;
  readonly out: Sink;
  readonly complain: Sink;
}
