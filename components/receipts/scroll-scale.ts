/**
 * Browsers cap an element's height (Firefox near 17.8 million pixels, Chromium and Safari near 33 million).
 * Above the cap the scroll bar is kept at {@link MAX_SCROLL_HEIGHT} and its position is scaled, so that the
 * last of any number of rows can be reached.
 */
export const MAX_SCROLL_HEIGHT = 15_000_000;

export interface ScrollScale {
  /** Height of the scrolled element, in CSS pixels. */
  readonly physicalHeight: number;
  /** Height that all rows would take. */
  readonly virtualHeight: number;
  /** Virtual pixels that one physical pixel stands for; 1 below the cap. */
  readonly factor: number;
}

export function scrollScale(rows: number, rowHeight: number, viewport: number): ScrollScale {
  const virtualHeight = rows * rowHeight;
  const physicalHeight = Math.min(virtualHeight, MAX_SCROLL_HEIGHT);
  const reach = physicalHeight - viewport;
  const factor =
    virtualHeight <= MAX_SCROLL_HEIGHT || reach <= 0 ? 1 : (virtualHeight - viewport) / reach;
  return { physicalHeight, virtualHeight, factor };
}
