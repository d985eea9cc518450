import { Listeners } from "@/lib/session/listeners.ts";
import type { Viewport } from "./viewport.ts";

/** Where the picture is looked at now, for what stands over and under the canvas. */
export interface LookStore {
  now(): Viewport;
  set(viewport: Viewport): void;
  /** Called after each change, at once; returns how to stop it. */
  subscribe(listener: () => void): () => void;
}

export function createLookStore(): LookStore {
  let look: Viewport = { zoom: 1, panX: 0, panY: 0, width: 0, height: 0 };
  const listeners = new Listeners();
  return {
    now: () => look,
    set(next) {
      if (
        next.zoom === look.zoom &&
        next.panX === look.panX &&
        next.panY === look.panY &&
        next.width === look.width &&
        next.height === look.height
      ) {
        return;
      }
      look = next;
      listeners.tell();
    },
    subscribe: listeners.subscribe,
  };
}
