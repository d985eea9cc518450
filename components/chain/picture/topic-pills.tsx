import { useRef } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { METRICS, topicText } from "@/lib/graph/metrics.ts";
import type { ItemKey, TopicLabel } from "@/lib/graph/model.ts";
import { type Theme, TOKENS } from "@/lib/graph/tokens.ts";
import type { LookStore } from "./look-store.ts";
import { useLook, usePlacing } from "./use-look.ts";
import { seen } from "./viewport.ts";

interface TopicPillsProps {
  readonly topics: readonly TopicLabel[];
  readonly path: ReadonlySet<ItemKey>;
  readonly theme: Theme;
  readonly look: LookStore;
}

/** Below this zoom a topic's name cannot be read. */
const LEGIBLE = 0.5;

/** The topics' names where their links leave, over the canvas; the pointer goes through them. */
export function TopicPills({ topics, path, theme, look }: TopicPillsProps) {
  const shownText = useLook(look, (viewport) => {
    if (viewport.zoom < LEGIBLE) return "";
    const rect = seen(viewport, 200);
    return topics
      .flatMap(({ x, y }, at) =>
        x >= rect.left && x <= rect.right && y >= rect.top && y <= rect.bottom ? [at] : [],
      )
      .join(" ");
  });
  const layer = useRef<HTMLDivElement>(null);
  usePlacing(look, ({ panX, panY, zoom }) => {
    if (layer.current !== null) {
      layer.current.style.transform = `translate(${panX.toFixed(2)}px, ${panY.toFixed(2)}px) scale(${zoom.toFixed(4)})`;
    }
  });
  const shown = shownText === "" ? [] : shownText.split(" ").map(Number);
  return (
    <div ref={layer} className="pointer-events-none absolute top-0 left-0 origin-top-left">
      {shown.map((at) => {
        const label = topics[at];
        if (label === undefined) return null;
        const isOnPath = path.has(label.from);
        return (
          <span
            key={`${label.from} ${at}`}
            style={{
              left: label.x,
              top: label.y - METRICS.topicHeight / 2,
              height: METRICS.topicHeight,
              ...(path.size > 0 && !isOnPath ? {} : { color: TOKENS[theme].ink.produce }),
            }}
            className={`absolute flex items-center whitespace-nowrap rounded-[3px] border bg-surface px-[5px] font-medium font-mono text-[9px] leading-none ${
              path.size > 0 && !isOnPath ? "border-border text-muted" : "border-current"
            }`}
          >
            {visibleText(topicText(label))}
          </span>
        );
      })}
    </div>
  );
}
