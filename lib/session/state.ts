import type { SessionState } from "./model.ts";

/** Before anything was dropped, and what the static pages are rendered with. */
export const EMPTY_STATE: SessionState = {
  phase: "empty",
  selfTest: null,
  progress: null,
  files: [],
  rejects: [],
  verdict: null,
  trust: { pinned: [], offered: [], refused: [] },
  machine: {
    workers: 0,
    memoryBytes: null,
    offlineReady: false,
    requestsSent: 0,
    backend: "webcrypto",
    checkedReceipts: 0,
    checkedSeconds: 0,
  },
  revision: 0,
  notice: null,
};
