import type { DenialFilter } from "@/lib/queries/denial-model.ts";
import { Listeners } from "./listeners.ts";

/** Which denials a replay is about. */
export interface ReplaySelection {
  /** What a person calls them: the sentence of a pattern. */
  readonly title: string;
  readonly filter: DenialFilter;
}

let selection: ReplaySelection | null = null;
const listeners = new Listeners();

/**
 * Leaves a choice of denials for the Playground, which replays only these until `null` takes it back. It stays
 * in this page's memory: what a log says never gets into an address.
 */
export function selectForReplay(chosen: ReplaySelection | null): void {
  selection = chosen;
  listeners.tell();
}

/** The choice as it stands; null for all denials. */
export function replaySelection(): ReplaySelection | null {
  return selection;
}

/** Calls back when the choice changed; returns how to stop. */
export const onReplaySelection = listeners.subscribe;
