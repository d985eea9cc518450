"use client";

import { useSyncExternalStore } from "react";
import { currentLive } from "@/lib/live/current-live.ts";
import { type LiveState, NOTHING_LIVE } from "@/lib/live/live-state.ts";

/**
 * One part of what is live; the component renders again when that part changes.
 *
 * @param part takes a member of the state or makes a primitive of it
 */
export function useLive<Part>(part: (state: LiveState) => Part): Part {
  return useSyncExternalStore(
    subscribe,
    () => part(currentLive().snapshot()),
    () => part(NOTHING_LIVE),
  );
}

function subscribe(listener: () => void): () => void {
  return currentLive().subscribe(listener);
}
