import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query matches now; false while the page is rendered ahead of time. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** The drawer is a page of its own there. */
export const PHONE = "(max-width: 639px)";
export const FINGER = "(pointer: coarse)";
