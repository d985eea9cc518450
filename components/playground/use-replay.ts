import { useSyncExternalStore } from "react";
import { currentReplay } from "@/lib/playground/replay/current-replay.ts";
import { NO_REPLAY, type ReplayState } from "@/lib/playground/replay/replay-desk.ts";

/** The replay as it is now. */
export function useReplay(): ReplayState {
  return useSyncExternalStore(
    subscribe,
    () => currentReplay().snapshot(),
    () => NO_REPLAY,
  );
}

function subscribe(listener: () => void): () => void {
  return currentReplay().subscribe(listener);
}
