import { toHex } from "@/kernel/encoding.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { Log } from "./log.ts";

export interface Match {
  readonly log: Log;
  readonly checkpoint: Checkpoint;
}

/** Finds the checkpoint that a proof names, in a time that no number of logs and checkpoints changes. */
export class CheckpointIndex {
  readonly #logs: readonly Log[];
  readonly #logsOf = new Map<string, Log[]>();
  readonly #ofLog = new Map<Log, Map<string, Checkpoint>>();
  /** Over all logs; where two have the same number and root, the first. */
  readonly #ofAny = new Map<string, Match>();

  constructor(logs: readonly Log[]) {
    this.#logs = logs;
    for (const log of logs) {
      for (const group of log.groups) {
        const known = this.#logsOf.get(group);
        if (known === undefined) {
          this.#logsOf.set(group, [log]);
        } else {
          known.push(log);
        }
      }
      const own = new Map<string, Checkpoint>();
      this.#ofLog.set(log, own);
      for (const checkpoint of log.checkpoints) {
        const name = nameOf(checkpoint.seq, checkpoint.root);
        if (!own.has(name)) {
          own.set(name, checkpoint);
        }
        if (!this.#ofAny.has(name)) {
          this.#ofAny.set(name, { log, checkpoint });
        }
      }
    }
  }

  /** The log that a collection or loose file belongs to; the only one there is, where it belongs to none. */
  logOf(group: string): Log | null {
    const only = this.#logs.length === 1 ? this.#logs[0] : undefined;
    return this.#logsOf.get(group)?.[0] ?? only ?? null;
  }

  /**
   * The checkpoint of this number and root in the group's own log, else in any; where no root agrees, the
   * own log's checkpoint of this number, with which the proof then disagrees.
   */
  find(group: string, seq: number, root: Uint8Array): Match | null {
    const name = nameOf(seq, root);
    const fallback = this.logOf(group);
    const own = this.#logsOf.get(group) ?? (fallback === null ? [] : [fallback]);
    for (const log of own) {
      const checkpoint = this.#ofLog.get(log)?.get(name);
      if (checkpoint !== undefined) {
        return { log, checkpoint };
      }
    }
    const elsewhere = this.#ofAny.get(name);
    if (elsewhere !== undefined) {
      return elsewhere;
    }
    for (const log of own) {
      const [checkpoint] = log.checkpointsAt(seq);
      if (checkpoint !== undefined) {
        return { log, checkpoint };
      }
    }
    return null;
  }
}

function nameOf(seq: number, root: Uint8Array | null): string {
  return `${seq} ${root === null ? "" : toHex(root)}`;
}
