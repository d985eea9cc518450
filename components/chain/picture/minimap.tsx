import { useEffect, useMemo, useRef } from "react";
import type { ChainView } from "@/lib/graph/model.ts";
import type { Theme } from "@/lib/graph/tokens.ts";
import type { LookStore } from "./look-store.ts";
import type { Marks } from "./marks.ts";
import { paintMinimap } from "./minimap-paint.ts";
import { fromMinimap, minimapFrame, minimapScale } from "./minimap-scale.ts";
import { useLook, usePlacing } from "./use-look.ts";
import { centredOn, showsAll, type Viewport } from "./viewport.ts";

interface MinimapProps {
  readonly view: ChainView;
  readonly marks: Marks;
  readonly theme: Theme;
  readonly look: LookStore;
  readonly onGo: (viewport: Viewport) => void;
}

/** Inside its border. */
const BOX = { width: 216, height: 96 } as const;

/** The whole picture, small, where not all of it is in view, with what is in view as a frame: pointed at or dragged, the view goes there. */
export function Minimap({ view, marks, theme, look, onGo }: MinimapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const map = useMemo(() => minimapScale(view, BOX), [view]);
  const isNeeded = useLook(look, (viewport) => !showsAll(viewport, view));
  useEffect(() => {
    if (canvas.current !== null) {
      paintMinimap(canvas.current, view, marks, map, BOX, theme);
    }
  }, [view, marks, map, theme]);
  usePlacing(look, (viewport) => {
    const rect = minimapFrame(map, viewport, BOX);
    if (frame.current !== null) {
      const { style } = frame.current;
      style.transform = `translate(${rect.left.toFixed(1)}px, ${rect.top.toFixed(1)}px)`;
      style.width = `${(rect.right - rect.left).toFixed(1)}px`;
      style.height = `${(rect.bottom - rect.top).toFixed(1)}px`;
    }
  });
  const go = (event: React.PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    onGo(centredOn(look.now(), fromMinimap(map, at)));
  };
  return (
    <div
      aria-hidden="true"
      className={`absolute right-3 bottom-3 rounded-card border border-border bg-raised p-2 shadow-card max-sm:hidden ${
        isNeeded ? "" : "hidden"
      }`}
    >
      <div
        style={BOX}
        className="relative touch-none cursor-crosshair overflow-hidden"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) go(event);
        }}
      >
        <canvas ref={canvas} style={BOX} className="block" />
        <div
          ref={frame}
          className="pointer-events-none absolute top-0 left-0 rounded-[2px] border-2 border-accent"
        />
      </div>
    </div>
  );
}
