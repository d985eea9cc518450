import type { RecordPack } from "@/lib/queries/record-pack.ts";
import type { JudgedPack, ReplayInput } from "./model.ts";
import { Tally } from "./tally.ts";

/** Denials of one message: about 30 ms of the worker, so that an edit and a stop come through at once. */
export const PACK = 250;

export interface RunPorts {
  /** Numbers of all denials, in the order of the files. */
  readonly rows: (signal: AbortSignal) => Promise<Float64Array>;
  readonly records: (rows: readonly number[]) => Promise<RecordPack>;
  readonly begin: (input: ReplayInput) => Promise<number>;
  readonly judge: (run: number, pack: RecordPack) => Promise<JudgedPack>;
}

/**
 * Replays every denial of the session: reads the next records while the worker judges those before them.
 *
 * @param onStep is called with the tally when it is made, and after each pack
 * @throws the signal's reason at once when it is aborted, or what a port throws; the tally keeps what is done
 */
export async function runReplay(
  input: ReplayInput,
  ports: RunPorts,
  signal: AbortSignal,
  onStep: (tally: Tally) => void,
): Promise<void> {
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  stopped.catch(() => undefined);
  signal.throwIfAborted();
  const orStop = <T>(work: Promise<T>): Promise<T> => Promise.race([work, stopped]);
  const [run, rows] = await orStop(Promise.all([ports.begin(input), ports.rows(signal)]));
  const tally = new Tally(rows.length);
  onStep(tally);
  const packAt = (at: number): Promise<RecordPack> | null => {
    const pack = at < rows.length ? ports.records([...rows.subarray(at, at + PACK)]) : null;
    // Asked for before its turn: a stop in between leaves nobody who waits for it.
    pack?.catch(() => undefined);
    return pack;
  };
  let next = packAt(0);
  for (let at = PACK; next !== null; at += PACK) {
    const pack = await orStop(next);
    next = packAt(at);
    tally.add(await orStop(ports.judge(run, pack)));
    onStep(tally);
  }
}
