/** How the picture is looked at: a point of the picture stands at `point * zoom + pan` in its frame. */
export interface Viewport {
  readonly zoom: number;
  readonly panX: number;
  readonly panY: number;
  /** The frame, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** A part of the picture. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const ZOOM = {
  /** The whole of the largest picture is in view there. */
  least: 0.03,
  most: 3,
  /** Below it labels are too small to be read. */
  legible: 0.65,
  /** Where a first picture starts that is too large to be read as a whole. */
  first: 0.85,
  /** A small picture is not blown up beyond it. */
  fitted: 1.15,
  step: 1.25,
} as const;

/** Room that is kept around a fitted picture. */
const PADDING = 16;
/** Height of the foot that the minimap may cover: what one looks at stands above it. */
export const MINIMAP_ROOM = 132;

export function clampZoom(zoom: number): number {
  return Math.min(ZOOM.most, Math.max(ZOOM.least, zoom));
}

/** The whole picture in the frame: lanes begin at its top, as in a table, and time begins at its left. */
export function fitted(extent: Extent, frame: Extent): Viewport {
  const zoom = clampZoom(
    Math.min(
      ZOOM.fitted,
      (frame.width - 2 * PADDING) / Math.max(1, extent.width),
      (frame.height - PADDING) / Math.max(1, extent.height),
    ),
  );
  const panX = Math.max(PADDING, Math.min(48, (frame.width - extent.width * zoom) / 2));
  return { zoom, panX, panY: 0, width: frame.width, height: frame.height };
}

/**
 * The first look: everything where that can be read, else the given point in the middle at a zoom that can be
 * read, as far as the picture's edges allow.
 */
export function firstLook(extent: Extent, frame: Extent, at: Point | null): Viewport {
  const whole = fitted(extent, frame);
  if (whole.zoom >= ZOOM.legible) {
    return whole;
  }
  const point = at ?? { x: 0, y: 0 };
  const zoom = ZOOM.first;
  return {
    ...whole,
    zoom,
    panX: withinEdges(frame.width / 2 - point.x * zoom, extent.width * zoom, frame.width, PADDING),
    panY: withinEdges(
      frame.height / 2 - point.y * zoom,
      extent.height * zoom + MINIMAP_ROOM,
      frame.height,
      0,
    ),
  };
}

/** No empty room beside a picture that is larger than its frame; a smaller one begins at its start. */
function withinEdges(pan: number, drawn: number, frame: number, padding: number): number {
  if (drawn + 2 * padding <= frame) {
    return padding;
  }
  return Math.min(padding, Math.max(frame - drawn - padding, pan));
}

/** Zooms so that what stands at `at` of the frame stays there. */
export function zoomedAt(viewport: Viewport, zoom: number, at: Point): Viewport {
  const next = clampZoom(zoom);
  const ratio = next / viewport.zoom;
  return {
    ...viewport,
    zoom: next,
    panX: at.x - (at.x - viewport.panX) * ratio,
    panY: at.y - (at.y - viewport.panY) * ratio,
  };
}

/** The picture changed and something in it moved: it stays where it is on the screen. */
export function anchored(viewport: Viewport, before: Point, after: Point): Viewport {
  return {
    ...viewport,
    panX: viewport.panX + (before.x - after.x) * viewport.zoom,
    panY: viewport.panY + (before.y - after.y) * viewport.zoom,
  };
}

/** As little panning as brings the point into view, `margin` from the edges; zooms only where it is illegible. */
export function revealed(viewport: Viewport, point: Point, margin: Extent): Viewport {
  const middle = { x: viewport.width / 2, y: viewport.height / 2 };
  if (viewport.zoom < ZOOM.legible) {
    const zoom = ZOOM.first;
    return {
      ...viewport,
      zoom,
      panX: middle.x - point.x * zoom,
      panY: middle.y - point.y * zoom,
    };
  }
  const x = point.x * viewport.zoom + viewport.panX;
  const y = point.y * viewport.zoom + viewport.panY;
  const marginX = Math.min(margin.width, middle.x);
  const marginY = Math.min(margin.height, middle.y);
  return {
    ...viewport,
    panX: viewport.panX + inside(x, marginX, viewport.width - marginX) - x,
    panY: viewport.panY + inside(y, marginY, viewport.height - marginY) - y,
  };
}

function inside(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** The part of the picture that is in the frame, with `beyond` CSS pixels around it. */
export function seen(viewport: Viewport, beyond = 0): Rect {
  return {
    left: (-beyond - viewport.panX) / viewport.zoom,
    top: (-beyond - viewport.panY) / viewport.zoom,
    right: (viewport.width + beyond - viewport.panX) / viewport.zoom,
    bottom: (viewport.height + beyond - viewport.panY) / viewport.zoom,
  };
}

/** Whether nobody would see a difference: less than half a pixel. */
export function isSameLook(a: Viewport, b: Viewport): boolean {
  const near = (one: number, other: number, least: number): boolean =>
    Math.abs(one - other) < least;
  return near(a.zoom, b.zoom, 0.001) && near(a.panX, b.panX, 0.5) && near(a.panY, b.panY, 0.5);
}

/** Whether nothing of the picture is outside the frame. */
export function showsAll(viewport: Viewport, extent: Extent): boolean {
  const { left, top, right, bottom } = seen(viewport, 1);
  return left <= 0 && top <= 0 && right >= extent.width && bottom >= extent.height;
}

/** The picture's point in the middle of the frame. */
export function centredOn(viewport: Viewport, point: Point): Viewport {
  return {
    ...viewport,
    panX: viewport.width / 2 - point.x * viewport.zoom,
    panY: viewport.height / 2 - point.y * viewport.zoom,
  };
}

/**
 * Which of the lanes, sorted from the top, are in the frame: indexes from `first` up to and without `end`.
 */
export function lanesSeen(
  lanes: readonly { readonly top: number; readonly height: number }[],
  rect: Rect,
): { readonly first: number; readonly end: number } {
  let first = 0;
  let high = lanes.length;
  while (first < high) {
    const middle = (first + high) >> 1;
    const lane = lanes[middle];
    if (lane !== undefined && lane.top + lane.height <= rect.top) {
      first = middle + 1;
    } else {
      high = middle;
    }
  }
  let end = first;
  for (let lane = lanes[end]; lane !== undefined && lane.top < rect.bottom; lane = lanes[end]) {
    end += 1;
  }
  return { first, end };
}
