import { useSyncExternalStore } from "react";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import { FIRST_STATE, type PlaygroundState } from "@/lib/playground/desk.ts";

/**
 * One part of the playground as it is now; the component renders again when that part changes.
 *
 * @param part takes a member of the state or makes a primitive of it
 */
export function useDesk<Part>(part: (state: PlaygroundState) => Part): Part {
  return useSyncExternalStore(
    subscribe,
    () => part(currentDesk().snapshot()),
    () => part(FIRST_STATE),
  );
}

function subscribe(listener: () => void): () => void {
  return currentDesk().subscribe(listener);
}
