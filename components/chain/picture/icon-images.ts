import { BADGE_SIGNS, type Badge } from "@/lib/graph/badges.ts";
import { type Glyph, ICONS } from "@/lib/graph/glyphs.ts";
import type { Tokens } from "@/lib/graph/tokens.ts";

/** Constant pictures as addresses; nothing of a log is ever in them. */
function address(box: string, inside: string): string {
  // Larger than they are drawn, so that they stay sharp when the picture is zoomed.
  return `data:image/svg+xml;utf8,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="72" height="72" viewBox="${box}">${inside}</svg>`,
  )}`;
}

function strokes(path: string, ink: string, width: number): string {
  return `<path d="${path}" fill="none" stroke="${ink}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** A kind's icon in one ink; null where it has none. */
export function iconAddress(glyph: Glyph, ink: string): string | null {
  const icon = ICONS[glyph];
  return icon === null ? null : address("0 0 24 24", strokes(icon, ink, 1.9));
}

/** A badge with a rim in the lane's colour, so that it stands off the border under it. */
export function badgeAddress(badge: Badge, tokens: Tokens): string {
  const { ink, outline, lines, isSolid, isDashed } = BADGE_SIGNS[badge];
  const colour = tokens.ink[ink];
  const dashes = isDashed ? ' stroke-dasharray="4 3.4"' : "";
  const body = isSolid
    ? `<path d="${outline}" fill="${colour}"/>`
    : `<path d="${outline}" fill="${tokens.lane}" stroke="${colour}" stroke-width="2"${dashes}/>`;
  return address(
    "-2 -2 28 28",
    `<path d="${outline}" fill="${tokens.lane}" stroke="${tokens.lane}" stroke-width="4"/>${body}${strokes(lines, isSolid ? tokens.onInk : colour, 2.4)}`,
  );
}
