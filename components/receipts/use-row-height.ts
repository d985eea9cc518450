import { useSyncExternalStore } from "react";

const COARSE = "(pointer: coarse)";

/** Height of a table row in pixels: 28, or what a finger can hit. */
export function useRowHeight(): number {
  return useSyncExternalStore(
    subscribe,
    () => (window.matchMedia(COARSE).matches ? 44 : 28),
    () => 28,
  );
}

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(COARSE);
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}
