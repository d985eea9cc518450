import { type RefObject, useEffect } from "react";
import type { MountedPicture } from "./mount-picture.ts";

/**
 * The wheel zooms at the pointer, as in maps; with Shift, and with a wheel that goes sideways, it pans. The
 * listener stands before the library's own, which zooms with whatever comes.
 */
export function useWheelPan(
  frame: RefObject<HTMLElement | null>,
  picture: MountedPicture | null,
): void {
  useEffect(() => {
    const element = frame.current;
    if (element === null || picture === null) return;
    const onWheel = (event: WheelEvent): void => {
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (event.ctrlKey || !(event.shiftKey || isSideways)) return;
      event.preventDefault();
      event.stopPropagation();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 32;
      const look = picture.look.now();
      const by = (isSideways ? event.deltaX : event.deltaY) * unit;
      picture.jumpTo({ ...look, panX: look.panX - by });
    };
    element.addEventListener("wheel", onWheel, { capture: true, passive: false });
    return () => element.removeEventListener("wheel", onWheel, { capture: true });
  }, [frame, picture]);
}
