import { observeElementOffset, useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { useCallback, useEffect, useRef, useState } from "react";
import { scrollScale } from "./scroll-scale.ts";

export interface ScaledRows {
  readonly attach: (element: HTMLDivElement | null) => void;
  readonly items: readonly VirtualItem[];
  /** Height of the element that is scrolled through. */
  readonly height: number;
  /** Where an item is drawn, in pixels from the top of that element. */
  readonly topOf: (item: VirtualItem) => number;
  /** Brings a row into view: by as little as is needed, or to the middle from far away. */
  readonly scrollToRow: (row: number) => void;
  /** Rows of one page. */
  readonly page: number;
}

/**
 * Rows near the viewport of a list of any length. Above the browsers' cap on heights the scroll position is
 * scaled (see {@link scrollScale}): the virtualizer works in virtual pixels, the element in physical ones.
 * `headHeight` is the sticky head that covers the top of the viewport.
 */
export function useScaledRows(count: number, rowHeight: number, headHeight: number): ScaledRows {
  const element = useRef<HTMLDivElement | null>(null);
  const [viewport, setViewport] = useState(0);
  const scale = scrollScale(count, rowHeight, viewport);
  const factor = useRef(scale.factor);
  factor.current = scale.factor;

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => element.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 0,
    observeElementOffset: (instance, callback) =>
      observeElementOffset(instance, (offset, scrolling) =>
        callback(offset * factor.current, scrolling),
      ),
    scrollToFn: (offset, _options, instance) => {
      instance.scrollElement?.scrollTo({ top: offset / factor.current });
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the measured sizes belong to the old height.
  useEffect(() => virtualizer.measure(), [rowHeight]);

  const attach = useCallback((next: HTMLDivElement | null) => {
    element.current = next;
  }, []);

  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const observer = new ResizeObserver(() => setViewport(target.clientHeight - headHeight));
    observer.observe(target);
    // A wheel turn moves as far as in a short list: the scaled list would rush past whole pages.
    const wheel = (event: WheelEvent) => {
      if (factor.current === 1 || event.ctrlKey || event.deltaY === 0) return;
      const unit =
        event.deltaMode === 1 ? rowHeight : event.deltaMode === 2 ? target.clientHeight : 1;
      const pixels = (event.deltaY * unit) / factor.current;
      event.preventDefault();
      target.scrollTop += Math.abs(pixels) < 1 ? Math.sign(pixels) : pixels;
    };
    target.addEventListener("wheel", wheel, { passive: false });
    return () => {
      observer.disconnect();
      target.removeEventListener("wheel", wheel);
    };
  }, [headHeight, rowHeight]);

  const offset = virtualizer.scrollOffset ?? 0;
  return {
    attach,
    items: virtualizer.getVirtualItems(),
    height: scale.physicalHeight,
    topOf: (item) =>
      scale.factor === 1 ? item.start : item.start - offset + offset / scale.factor,
    page: Math.max(Math.floor(viewport / rowHeight) - 1, 1),
    scrollToRow: (row) => {
      const target = element.current;
      if (target === null) return;
      const top = row * rowHeight;
      const current = target.scrollTop * scale.factor;
      const shown = Math.max(target.clientHeight - headHeight, rowHeight);
      const far = top < current - shown || top > current + 2 * shown;
      if (far) target.scrollTop = (top - shown / 2) / scale.factor;
      else if (top < current) target.scrollTop = Math.floor(top / scale.factor);
      else if (top + rowHeight > current + shown) {
        target.scrollTop = Math.ceil((top + rowHeight - shown) / scale.factor);
      }
    },
  };
}
