import type { ExpandPorts } from "@/lib/ingest/expand-ports.ts";
import type { SampleName } from "@/lib/session/model.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import type { FromEngine } from "./protocol.ts";

/** Files of a drop, with the paths that they are shown by. */
export type DropFiles = readonly { readonly path: string; readonly file: Blob }[];

/** What the engine borrows from the thread that it runs in. */
export interface EnginePorts {
  readonly platform: Platform;
  readonly expand: Pick<ExpandPorts, "sha256Stream" | "sqlite" | "sink">;
  readonly post: (message: FromEngine, transfer?: Transferable[]) => void;
  /** Lets messages of the thread pass. */
  readonly pause: () => Promise<void>;
  /** Drops one after the other: evidence, then the trust file by itself. */
  readonly sample: (name: SampleName) => Promise<readonly DropFiles[]>;
  readonly makeLog: (
    receipts: number,
    onProgress: (done: number) => void,
    signal: AbortSignal,
  ) => Promise<DropFiles>;
}
