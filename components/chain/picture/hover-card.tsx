import { visibleText } from "@/components/receipts/visible-text.ts";
import { plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { clip, stepName } from "@/lib/graph/item-words.ts";
import type { ViewItem } from "@/lib/graph/model.ts";
import type { Viewport } from "./viewport.ts";

interface HoverCardProps {
  readonly item: ViewItem;
  readonly look: Viewport;
}

const WIDTH = 300;
/** Enough for every id there is; a log may hold longer ones. */
const MOST = 160;

/** What the pointer rests on, in full. Under the item where there is room, else over it. */
export function HoverCard({ item, look }: HoverCardProps) {
  const x = item.x * look.zoom + look.panX;
  const y = item.y * look.zoom + look.panY;
  const isBelow = y < look.height * 0.6;
  const facts = factsOf(item).filter(([, value]) => value !== "");
  return (
    <div
      aria-hidden="true"
      style={{
        width: Math.min(WIDTH, look.width - 16),
        left: Math.max(8, Math.min(look.width - WIDTH - 8, x - WIDTH / 2)),
        ...(isBelow ? { top: y + 54 * look.zoom } : { bottom: look.height - y + 30 * look.zoom }),
      }}
      className="pointer-events-none absolute z-20 rounded-card border border-border bg-raised px-3 py-2 text-12 shadow-popover"
    >
      <dl className="grid grid-cols-[64px_1fr] gap-x-2 gap-y-0.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd
              className={
                name === "Time" || name === "What" ? "text-ink" : "break-all font-mono text-ink"
              }
            >
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function text(value: string): string {
  return visibleText(clip(value, MOST));
}

function factsOf(item: ViewItem): readonly (readonly [string, string])[] {
  switch (item.kind) {
    case "receipt": {
      const { facts } = item;
      return [
        ["Receipt", text(facts.id)],
        ["Step", text(stepName(facts.boundary, facts.tool))],
        ["Topic", text(facts.topic)],
        ["Service", text(facts.service)],
        ["Guard", text(facts.guard)],
        ["Time", timeOf(facts.time)],
      ];
    }
    case "missing":
      return [
        ["Receipt", text(item.facts.id)],
        ["What", `Not loaded. Named as a cause by ${plural(item.namedBy, "receipt")}.`],
      ];
    case "fold":
      return [
        ["Step", item.label === item.topic ? item.boundary : text(item.label)],
        ["Topic", text(item.topic)],
        ["What", `${plural(item.count, "alike step")}, folded. ${beneathOf(item)}`],
        ["Time", timeOf(item.from)],
      ];
    case "stub":
      return [
        [
          "What",
          `${plural(item.count, item.side === "children" ? "consequence" : "cause")} not drawn. ${beneathOf(item)}`,
        ],
      ];
  }
}

function timeOf(seconds: number | null): string {
  return seconds === null ? "not stated" : `${formatDateTime(seconds)} UTC`;
}

function beneathOf({ beneath }: Extract<ViewItem, { kind: "fold" | "stub" }>): string {
  const parts = [`${plural(beneath.receipts, "receipt")} there`];
  if (beneath.denied > 0) parts.push(`${beneath.denied.toLocaleString("en-US")} denied`);
  if (beneath.failing > 0) {
    parts.push(
      `${beneath.failing.toLocaleString("en-US")} ${beneath.failing === 1 ? "does" : "do"} not verify`,
    );
  }
  return `${parts.join(", ")}.`;
}
