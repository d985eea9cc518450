import { useEffect, useSyncExternalStore } from "react";
import type { LookStore } from "./look-store.ts";
import type { Viewport } from "./viewport.ts";

/** Something read off the look; the component is rendered again only when it is another text or number. */
export function useLook<Read extends string | number | boolean>(
  look: LookStore,
  read: (viewport: Viewport) => Read,
): Read {
  return useSyncExternalStore(
    look.subscribe,
    () => read(look.now()),
    () => read(look.now()),
  );
}

/**
 * Places elements by hand in the frame that follows a change of the look: as many frames a second as the canvas
 * draws are too many for rendering. `place` may change with each rendering.
 */
export function usePlacing(look: LookStore, place: (viewport: Viewport) => void): void {
  useEffect(() => {
    let frame = 0;
    const now = (): void => {
      frame = 0;
      place(look.now());
    };
    now();
    const stop = look.subscribe(() => {
      if (frame === 0) frame = requestAnimationFrame(now);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  });
}
