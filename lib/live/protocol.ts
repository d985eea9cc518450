import type { Rule } from "@/lib/rules/model.ts";
import type { TrustKey } from "@/lib/session/model.ts";
import type { LiveAlert, LiveCounts, LiveRow, SourceState } from "./model.ts";

/*
 * The page and the worker of the Live page. The worker reads, verifies and counts; the page shows. `start` is
 * answered by `ready`; keys and rules may change at any time and hold for what comes next. What arrived goes
 * to the page at most four times a second, however fast it comes. `run` numbers the sources that were opened:
 * what is still on its way from an earlier one is overlooked.
 */

export type ToLive =
  | { readonly kind: "start" }
  | { readonly kind: "trust"; readonly keys: readonly TrustKey[] }
  | { readonly kind: "rules"; readonly rules: readonly Rule[] }
  | {
      readonly kind: "watch";
      readonly run: number;
      readonly handle: FileSystemFileHandle;
      /** Whether what is in the file already is read too. */
      readonly fromStart: boolean;
    }
  | {
      readonly kind: "tail";
      readonly run: number;
      /** The whole address without a cursor, as it was shown. */
      readonly url: string;
      /** Sent to the server and nowhere else; never part of an answer. */
      readonly token: string;
    }
  | { readonly kind: "stop"; readonly run: number }
  /** Asks for what a server source read, as one file. */
  | { readonly kind: "content" };

export type FromLive =
  | { readonly kind: "ready"; readonly failures: readonly string[] }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "requests"; readonly count: number }
  | { readonly kind: "source"; readonly run: number; readonly source: SourceState }
  | {
      readonly kind: "arrived";
      readonly run: number;
      /** The newest rows since the last message, at most a ring of them; {@link counts} knows of all. */
      readonly rows: readonly LiveRow[];
      readonly counts: LiveCounts;
      readonly alerts: readonly LiveAlert[];
      /** Rows per second over the last seconds. */
      readonly rate: number;
    }
  | { readonly kind: "content"; readonly content: Blob };
