import { useEffect, useRef, useState } from "react";
import { ALL_MASKS, type MaskName } from "@/lib/denials/mask.ts";
import { chooseMasks } from "@/lib/queries/denial-masks.ts";

/** Masks are of the database, which outlives this page: what it has, and how often they were changed. */
let inUse = { text: allMasks(), revision: 0 };
let changes = 0;

export interface MaskState {
  /** A part of every filter: answers under other masks are other answers. 0 while they are the shipped ones. */
  readonly version: number;
  /** How far the change is, while one is made. */
  readonly progress: { readonly done: number; readonly all: number } | null;
  readonly problem: string | null;
}

/**
 * Makes these masks the ones by which denials form patterns, again when rows were added. Until then the old
 * patterns stay.
 */
export function useMasks(revision: number, masks: readonly MaskName[]): MaskState {
  const text = [...masks].sort().join(",");
  const [state, setState] = useState<MaskState>(() => ({
    version: versionNow(),
    progress: null,
    problem: null,
  }));
  const latest = useRef(masks);
  latest.current = masks;
  useEffect(() => {
    const isShipped = text === allMasks();
    if (inUse.text === text && (isShipped || inUse.revision === revision)) {
      setState({ version: versionNow(), progress: null, problem: null });
      return;
    }
    const stop = new AbortController();
    chooseMasks(new Set(latest.current), stop.signal, (done, all) =>
      setState((before) => ({ ...before, progress: { done, all } })),
    ).then(
      () => {
        inUse = { text, revision };
        changes += 1;
        if (!stop.signal.aborted)
          setState({ version: versionNow(), progress: null, problem: null });
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        const problem = error instanceof Error ? error.message : String(error);
        setState((before) => ({ ...before, progress: null, problem }));
      },
    );
    return () => stop.abort();
  }, [text, revision]);
  return state;
}

function versionNow(): number {
  return inUse.text === allMasks() ? 0 : changes;
}

function allMasks(): string {
  return [...ALL_MASKS].sort().join(",");
}
