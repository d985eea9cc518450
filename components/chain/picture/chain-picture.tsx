"use client";

import { useImperativeHandle, useMemo, useRef, useState } from "react";
import type { ChainView, ItemKey } from "@/lib/graph/model.ts";
import { chainSvg } from "@/lib/graph/svg.ts";
import { HoverCard } from "./hover-card.tsx";
import { LaneBands, LaneHeads } from "./lane-bands.tsx";
import { Legend } from "./legend.tsx";
import { createLookStore } from "./look-store.ts";
import type { Marks } from "./marks.ts";
import { Minimap } from "./minimap.tsx";
import type { MountedPicture } from "./mount-picture.ts";
import { PrintedPicture } from "./printed-picture.tsx";
import { svgToPng } from "./svg-to-png.ts";
import { TopicPills } from "./topic-pills.tsx";
import { useHover } from "./use-hover.ts";
import { useMountedPicture } from "./use-mounted-picture.ts";
import { useTheme } from "./use-theme.ts";
import { useWheelPan } from "./use-wheel-pan.ts";
import { fitted, MINIMAP_ROOM, revealed, ZOOM, zoomedAt } from "./viewport.ts";
import { ZoomBar } from "./zoom-bar.tsx";

/** What the page can do with the picture. */
export interface PictureControls {
  /** The whole picture in view. */
  fit(): void;
  zoomIn(): void;
  zoomOut(): void;
  /** Brings an item into view without changing the zoom, unless it is too small to be read. */
  reveal(key: ItemKey): void;
  /** The picture as a document of its own, lanes and labels in it, in the colours of the page. */
  svg(): string;
  /** The same as pixels: twice the size, at most 8,192 a side. Rejects where the browser cannot draw it. */
  png(): Promise<Blob>;
}

export interface ChainPictureProps {
  readonly view: ChainView;
  readonly selected: ItemKey | null;
  /** Items on the selected item's way to its root causes, every branch; empty dims nothing. */
  readonly path: ReadonlySet<ItemKey>;
  /** What the picture shows, for whoever cannot see it: tree and table say the rest. */
  readonly label: string;
  readonly onSelect: (key: ItemKey | null) => void;
  /** A stub or a fold was double-clicked. */
  readonly onOpen: (key: ItemKey) => void;
  /** A receipt was double-clicked: make it the one that the chain is walked from. */
  readonly onFocusChain: (key: ItemKey) => void;
  readonly controls: React.Ref<PictureControls>;
}

/** Fetches what draws, so that the first picture needs no network. */
export async function warmPicture(): Promise<void> {
  await import("./mount-picture.ts");
}

/** Room that is kept around an item that is brought into view. */
const MARGIN = { width: 120, height: MINIMAP_ROOM } as const;

/**
 * The chain drawn on a canvas, with its lanes under and its labels over it. It mirrors what tree and table say:
 * for a screen reader it is one image with a name, and only the buttons for zooming take the keyboard.
 */
export function ChainPicture(props: ChainPictureProps) {
  const { view, selected, path, label, controls } = props;
  const theme = useTheme();
  const marks = useMemo<Marks>(() => ({ selected, path }), [selected, path]);
  const items = useMemo(() => new Map(view.items.map((item) => [item.key, item])), [view]);
  const frame = useRef<HTMLDivElement>(null);
  const holder = useRef<HTMLDivElement>(null);
  const details = useRef<HTMLCanvasElement>(null);
  const hover = useHover();
  const [problem, setProblem] = useState(false);
  const picture = useMountedPicture({
    holder,
    details,
    view,
    marks,
    theme,
    onProblem: () => setProblem(true),
    acts: {
      onTap: (key) => {
        hover.rest(null);
        props.onSelect(key);
      },
      onActivate: (key) => {
        const kind = items.get(key)?.kind;
        if (kind === "stub" || kind === "fold") props.onOpen(key);
        else props.onFocusChain(key);
      },
      onHover: hover.rest,
    },
  });
  useWheelPan(frame, picture);
  useImperativeHandle(controls, () => {
    const svg = () => chainSvg(view, { theme, title: label, selected, path });
    return {
      fit: () => picture?.goTo(fitted(view, picture.look.now())),
      zoomIn: () => zoomBy(picture, ZOOM.step),
      zoomOut: () => zoomBy(picture, 1 / ZOOM.step),
      reveal: (key) => {
        const item = items.get(key);
        if (item === undefined || picture === null) return;
        picture.whenStill(() => picture.goTo(revealed(picture.look.now(), item, MARGIN)));
      },
      svg,
      png: () => svgToPng(svg()),
    };
  });
  const hovered = hover.key === null ? undefined : items.get(hover.key);
  return (
    <div className="flex size-full min-h-0 flex-col bg-bg">
      <div className="relative min-h-0 flex-1 overflow-hidden print:hidden">
        <div aria-hidden="true" className="absolute inset-0">
          {picture !== null && <LaneBands lanes={view.lanes} look={picture.look} />}
        </div>
        <div
          ref={frame}
          className={`absolute inset-y-0 right-0 overflow-hidden ${LEFT_OF_FRAME} ${
            hover.isOver ? "cursor-pointer" : "cursor-grab"
          }`}
        >
          <div role="img" aria-label={label} className="absolute inset-0">
            {/* The library makes its holder `relative`, whatever its classes say. */}
            <div ref={holder} className="size-full" />
            <canvas ref={details} className="pointer-events-none absolute inset-0 size-full" />
          </div>
          {picture !== null && (
            <div aria-hidden="true">
              <TopicPills topics={view.topics} path={path} theme={theme} look={picture.look} />
              {hovered !== undefined && <HoverCard item={hovered} look={picture.look.now()} />}
            </div>
          )}
        </div>
        <div
          aria-hidden="true"
          className={`pointer-events-none absolute inset-y-0 left-0 overflow-hidden border-border border-r bg-surface ${HEAD_WIDTH}`}
        >
          {picture !== null && <LaneHeads lanes={view.lanes} look={picture.look} />}
        </div>
        {problem && (
          <p role="alert" className="absolute inset-x-0 top-1/3 text-center text-13 text-fact">
            The part that draws could not be loaded. Tree and table show the same chain.
          </p>
        )}
        {picture !== null && (
          <Minimap
            view={view}
            marks={marks}
            theme={theme}
            look={picture.look}
            onGo={picture.jumpTo}
          />
        )}
      </div>
      {/* There from the start: it takes room from the frame, which the first look measures. */}
      <div className="flex shrink-0 items-center gap-3 border-border border-t bg-surface px-2 py-1 print:hidden">
        <ZoomBar
          look={picture?.look ?? NO_LOOK}
          onZoom={(zoom) => zoomTo(picture, zoom)}
          onFit={() => picture?.goTo(fitted(view, picture.look.now()))}
        />
        <Legend theme={theme} />
      </div>
      <PrintedPicture view={view} marks={marks} label={label} />
    </div>
  );
}

/** Before there is a picture. */
const NO_LOOK = createLookStore();

const HEAD_WIDTH = "w-[148px] max-sm:w-[92px]";
const LEFT_OF_FRAME = "left-[148px] max-sm:left-[92px]";

function zoomBy(picture: MountedPicture | null, factor: number): void {
  if (picture !== null) zoomTo(picture, picture.look.now().zoom * factor);
}

function zoomTo(picture: MountedPicture | null, zoom: number): void {
  if (picture === null) return;
  const look = picture.look.now();
  picture.goTo(zoomedAt(look, zoom, { x: look.width / 2, y: look.height / 2 }));
}
