/** An acknowledgement that somebody outside was given: from then on the receipt must exist. */
export interface Acknowledged {
  readonly id: string;
  /** The number of the receipt that was given with it; null where none is given. */
  readonly seq: number | null;
  readonly child: boolean;
  /** The hold that was taken for it; null where there was none. */
  readonly hold: string | null;
  /** The nonce that was taken for it; null where there was none. */
  readonly nonce: string | null;
}

/** A process that writes to a data directory until it is killed. */
export interface RunningTarget {
  /** Resolves at the first acknowledgement; rejects when the process ends before it. */
  readonly working: Promise<void>;
  /** Ends the process without a warning (SIGKILL) and gives everything that it had acknowledged. */
  kill(): Promise<readonly Acknowledged[]>;
}

/** What is killed: the log alone, or a whole server that is asked over HTTP. */
export interface CrashTarget {
  readonly name: string;
  start(directory: string, round: number): RunningTarget;
}
