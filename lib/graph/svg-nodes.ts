import { BADGE_SIGNS, type Badge, badgesOf, borderOf, cornerAt, inkOf } from "./badges.ts";
import { glyphOf, ICON_SHIFT, ICONS, outlinePath, short } from "./glyphs.ts";
import { itemWords } from "./item-words.ts";
import { type Size, sizeOf } from "./metrics.ts";
import type { ViewItem } from "./model.ts";
import { element, MONO, textLine } from "./svg-text.ts";
import type { Tokens } from "./tokens.ts";

const ICON = 18;
const BADGE = 15;

/** How one item is drawn beside what it is. */
export interface NodeLook {
  readonly isSelected: boolean;
  /** Off the emphasised path, where there is one: its outline is quieter, its text is not. */
  readonly isAside: boolean;
  /** Colour under it, for the halo of its text. */
  readonly ground: string;
}

/** One item with its icon, signs and two lines of text, around its own middle. */
export function nodeMarkup(item: ViewItem, look: NodeLook, tokens: Tokens): string {
  const size = sizeOf(item.kind, item.kind === "receipt" ? item.facts.boundary : null);
  const shape =
    item.kind === "stub"
      ? stubShape(item.count, size, item, tokens)
      : body(item, size, look, tokens);
  const parts = [
    look.isSelected ? ring(size, tokens) : "",
    element("g", look.isAside && !isNotable(item) ? { opacity: 0.62 } : {}, shape),
    ...badgesOf(item).map((badge) => badgeMarkup(badge, size, tokens)),
    words(item, size, look, tokens),
  ];
  const place = `translate(${short(item.x)} ${short(item.y)})`;
  return element("g", { transform: place }, parts.join(""));
}

/** What an aside never hides. */
function isNotable(item: ViewItem): boolean {
  const ink = inkOf(item);
  return ink === "denied" || ink === "fails";
}

function body(item: ViewItem, size: Size, look: NodeLook, tokens: Tokens): string {
  const glyph = glyphOf(item);
  const ink = inkOf(item);
  const border = borderOf(item);
  const icon = ICONS[glyph];
  const color = tokens.ink[ink];
  // What nothing brought about is filled: the eye finds where a chain begins.
  const isFull = item.kind === "receipt" && item.isRoot && !item.isLeaf && border === "solid";

  const outline = outlinePath(glyph, size.width, size.height);
  const behind =
    item.kind === "fold"
      ? [8, 4].map((shift) =>
          element("path", {
            d: outline,
            transform: `translate(${shift} ${-shift})`,
            fill: look.ground,
            stroke: color,
            "stroke-width": 1.2,
          }),
        )
      : [];
  return [
    ...behind,
    element("path", {
      d: outline,
      fill: isFull ? color : tokens.fill[ink],
      stroke: color,
      "stroke-width": isNotable(item) ? 2 : 1.5,
      "stroke-linejoin": "round",
      "stroke-linecap": border === "dotted" ? "round" : null,
      "stroke-dasharray": DASHES[border],
    }),
    icon === null ? "" : strokes(icon, ICON_SHIFT[glyph], isFull ? tokens.onInk : color),
  ].join("");
}

const DASHES = { solid: null, dashed: "7 3", dotted: "0.1 4" } as const;

function stubShape(count: number, size: Size, item: ViewItem, tokens: Tokens): string {
  const color = tokens.ink[inkOf(item)];
  return [
    element("path", {
      d: outlinePath("stub", size.width, size.height),
      fill: tokens.surface,
      stroke: color,
      "stroke-width": 1.2,
    }),
    textLine(`+${compact(count)}`, {
      y: 4,
      "text-anchor": "middle",
      fill: color,
      "font-size": 11.5,
      "font-weight": 600,
    }),
  ].join("");
}

/** A count that fits a pill: `950`, `4.2k`, `48k`. Never more than there are. */
function compact(count: number): string {
  if (count < 1_000) return String(count);
  return count < 10_000 ? `${Math.floor(count / 100) / 10}k` : `${Math.floor(count / 1_000)}k`;
}

/** Around everything, signs too: of one shape whatever it rings. */
function ring(size: Size, tokens: Tokens): string {
  const width = size.width + 10;
  const height = size.height + 10;
  return element("rect", {
    x: -width / 2,
    y: -height / 2,
    width,
    height,
    rx: 12,
    fill: "none",
    stroke: tokens.selection,
    "stroke-width": 2.5,
  });
}

/** A sign at its corner, on a disc of the ground so that no line runs into it. */
export function badgeMarkup(badge: Badge, size: Size, tokens: Tokens): string {
  const sign = BADGE_SIGNS[badge];
  const { x, y } = cornerAt(sign.corner, size.width, size.height);
  const color = tokens.ink[sign.ink];
  const scale = BADGE / 24;
  const place = `translate(${short(x - BADGE / 2)} ${short(y - BADGE / 2)}) scale(${scale})`;
  const outline = element("path", {
    d: sign.outline,
    fill: sign.isSolid ? color : tokens.surface,
    stroke: sign.isSolid ? tokens.surface : color,
    "stroke-width": sign.isSolid ? 2 : 2.2,
    "stroke-dasharray": sign.isDashed ? "4.6 3" : null,
  });
  const lines = element("path", {
    d: sign.lines,
    fill: "none",
    stroke: sign.isSolid ? tokens.onInk : color,
    "stroke-width": 2.6,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  return element("g", { transform: place }, outline + lines);
}

/** Icon lines on their grid of 24, centred. */
function strokes(lines: string, x: number, color: string): string {
  const scale = ICON / 24;
  return element("path", {
    d: lines,
    transform: `translate(${short(x - ICON / 2)} ${short(-ICON / 2)}) scale(${short(scale)})`,
    fill: "none",
    stroke: color,
    "stroke-width": 1.9,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
}

function words(item: ViewItem, size: Size, look: NodeLook, tokens: Tokens): string {
  const { name, detail } = itemWords(item);
  const tone = isNotable(item) ? tokens.ink[inkOf(item)] : null;
  const halo = {
    "text-anchor": "middle",
    stroke: look.ground,
    "stroke-width": 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  } as const;
  const top = size.height / 2;
  const lines: string[] = [];
  if (item.kind !== "stub") {
    lines.push(
      textLine(name, {
        ...halo,
        y: top + 14,
        "font-size": 11.5,
        "font-weight": 600,
        fill: tone ?? (look.isAside ? tokens.muted : tokens.text),
      }),
    );
  }
  // The pill of a stub says how many; what lies there is said only where it stands out.
  if (item.kind !== "stub" || tone !== null) {
    lines.push(
      textLine(detail, {
        ...halo,
        y: top + (item.kind === "stub" ? 13 : 26),
        "font-size": 8.8,
        "font-family": MONO,
        fill: tone ?? tokens.muted,
      }),
    );
  }
  return lines.join("");
}
