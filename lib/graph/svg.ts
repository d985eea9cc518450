import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatRange } from "@/lib/display/time.ts";
import { clip } from "./item-words.ts";
import type { ChainView, ItemKey } from "./model.ts";
import { edgesMarkup, markersMarkup, topicMarkup } from "./svg-edges.ts";
import { groundOf, HEADER, lanesMarkup } from "./svg-lanes.ts";
import { legendMarkup } from "./svg-legend.ts";
import { nodeMarkup } from "./svg-nodes.ts";
import { element, SANS, textLine, xmlText } from "./svg-text.ts";
import { type Theme, TOKENS, type Tokens } from "./tokens.ts";

export interface PictureOptions {
  readonly theme: Theme;
  /** Above the picture, and its name for a reader. */
  readonly title: string;
  readonly selected: ItemKey | null;
  /** Items of the emphasised path; empty for none. */
  readonly path: ReadonlySet<ItemKey>;
}

const HEAD = 64;
/** A picture of three steps still has room for its title and legend. */
const LEAST_WIDTH = 720;

/**
 * The picture of a chain as one SVG document: it stands alone (no script, no reference, no font to load) and is
 * well-formed whatever the log says. Everything the page draws is in it, and a legend of what is in it.
 */
export function chainSvg(view: ChainView, options: PictureOptions): string {
  const tokens = TOKENS[options.theme];
  const width = Math.max(LEAST_WIDTH, Math.ceil(view.width) + HEADER);
  const legend = legendMarkup(view, width, tokens);
  const height = HEAD + Math.ceil(view.height) + legend.height;
  const summary = summaryOf(view);
  const content = [
    element("title", { id: "picture-title" }, xmlText(options.title) || " "),
    element("desc", { id: "picture-desc" }, xmlText(`${summary}. ${drawnOf(view)}.`)),
    markersMarkup(tokens),
    element("rect", { width, height, fill: tokens.surface }),
    headMarkup(options.title, summary, width, tokens),
    element("g", { transform: `translate(${HEADER} ${HEAD})` }, bodyMarkup(view, options, width)),
    element(
      "g",
      { transform: `translate(0 ${HEAD + Math.ceil(view.height)})` },
      legend.markup || " ",
    ),
  ];
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": "picture-title picture-desc",
      "font-family": SANS,
    },
    content.join("\n"),
  );
}

function bodyMarkup(view: ChainView, options: PictureOptions, width: number): string {
  const tokens = TOKENS[options.theme];
  const { path } = options;
  const isAside = (key: ItemKey) => path.size > 0 && !path.has(key);
  const selected = view.items.filter((item) => item.key === options.selected);
  // The chosen one last: its ring lies over its neighbours.
  const items = view.items.filter((item) => item.key !== options.selected).concat(selected);
  return [
    lanesMarkup(view, width, tokens),
    element("path", {
      d: `M0 0v${Math.ceil(view.height)}`,
      stroke: tokens.laneEdge,
    }),
    edgesMarkup(view, path, tokens),
    ...view.topics.map((label) => topicMarkup(label, isAside(label.from), tokens)),
    ...items.map((item) =>
      nodeMarkup(
        item,
        {
          isSelected: item.key === options.selected,
          isAside: isAside(item.key),
          ground: groundOf(item.lane, tokens),
        },
        tokens,
      ),
    ),
  ].join("\n");
}

function headMarkup(title: string, summary: string, width: number, tokens: Tokens): string {
  const most = Math.floor((width - 36) / 8.6);
  return [
    textLine(clip(title, most), {
      x: 18,
      y: 28,
      "font-size": 16,
      "font-weight": 600,
      fill: tokens.text,
    }),
    textLine(clip(summary, Math.floor((width - 36) / 6.4)), {
      x: 18,
      y: 48,
      "font-size": 12,
      fill: tokens.muted,
    }),
    element("path", { d: `M0 ${HEAD}h${width}`, stroke: tokens.laneEdge }),
  ].join("");
}

/** `62 receipts in 5 services, 4 denied, 1 does not verify, 1 parent not loaded, 2026-04-15 16:06 UTC`. */
function summaryOf(view: ChainView): string {
  const { beneath, services, from, to } = view.counts;
  const parts = [`${plural(beneath.receipts, "receipt")} in ${plural(services, "service")}`];
  if (beneath.denied > 0) parts.push(`${formatCount(beneath.denied)} denied`);
  if (beneath.failing > 0) {
    parts.push(
      `${formatCount(beneath.failing)} ${beneath.failing === 1 ? "does" : "do"} not verify`,
    );
  }
  if (beneath.missing > 0) parts.push(`${plural(beneath.missing, "parent")} not loaded`);
  if (from !== null && to !== null) parts.push(formatRange({ from, to }));
  return parts.join(", ");
}

function drawnOf(view: ChainView): string {
  const steps = view.items.filter((item) => item.kind === "receipt").length;
  const links = plural(view.edges.length, "link");
  return `Drawn: ${plural(steps, "receipt")} and ${links} in ${plural(view.lanes.length, "lane")}`;
}
