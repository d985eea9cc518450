import type { RecordPack } from "@/lib/queries/record-pack.ts";
import type { JudgedPack, ReplayInput } from "./model.ts";

/*
 * page   -> worker  replay-begin    what denials are judged by; ends an earlier run
 * worker -> page    replay-begun    the policy was loaded
 * page   -> worker  replay-judge    some records, transferred
 * worker -> page    replay-judged   what became of each
 * worker -> page    replay-failed   the run is over, and why
 *
 * One message is answered at a time, and an edit is judged between two of them.
 */

export type ToReplay =
  | { readonly kind: "replay-begin"; readonly run: number; readonly input: ReplayInput }
  | { readonly kind: "replay-judge"; readonly run: number; readonly pack: RecordPack };

export type FromReplay =
  | { readonly kind: "replay-begun"; readonly run: number }
  | { readonly kind: "replay-judged"; readonly run: number; readonly judged: JudgedPack }
  | { readonly kind: "replay-failed"; readonly run: number; readonly message: string };
