import { BADGE_SIGNS, BADGES, type Corner } from "@/lib/graph/badges.ts";
import { GLYPHS, type Glyph, ICON_SHIFT } from "@/lib/graph/glyphs.ts";
import { INKS, type Theme, TOKENS } from "@/lib/graph/tokens.ts";
import { badgeAddress, iconAddress } from "./icon-images.ts";

/** Images in an item, as lists of the same length: the icon, then a badge for each corner. */
export interface ItemArt {
  readonly images: readonly string[];
  readonly sizes: readonly number[];
  readonly placesX: readonly string[];
  readonly placesY: readonly string[];
  readonly offsetsX: readonly number[];
  readonly offsetsY: readonly number[];
  readonly containment: readonly string[];
  readonly clips: readonly string[];
}

const ICON_SIZE = 19;
const BADGE_SIZE = 17;
const CORNER_PLACES: Readonly<Record<Corner, readonly [string, string, number, number]>> = {
  "top-right": ["100%", "0%", 6, -7],
  "top-left": ["0%", "0%", -6, -7],
  "bottom-right": ["100%", "100%", 6, 7],
};

/**
 * The art of items by its name (`glyph ink badge badge`): there are few, and each is made once. A kind filled
 * with its ink has its icon in the colour that is legible there.
 */
export function artist(theme: Theme): (art: string, isFilled: boolean) => ItemArt {
  const made = new Map<string, ItemArt>();
  return (art, isFilled) => {
    const name = isFilled ? `${art} filled` : art;
    const known = made.get(name);
    if (known !== undefined) {
      return known;
    }
    const fresh = draw(art.split(" "), isFilled, theme);
    made.set(name, fresh);
    return fresh;
  };
}

function draw(names: readonly string[], isFilled: boolean, theme: Theme): ItemArt {
  const tokens = TOKENS[theme];
  const glyph: Glyph = GLYPHS.find((one) => one === names[0]) ?? "other";
  const ink = INKS.find((one) => one === names[1]) ?? "aside";
  const icon = iconAddress(glyph, isFilled ? tokens.onInk : tokens.ink[ink]);
  const signs = BADGES.filter((badge) => names.indexOf(badge, 2) >= 2).map((badge) => ({
    image: badgeAddress(badge, tokens),
    place: CORNER_PLACES[BADGE_SIGNS[badge].corner],
  }));
  const withIcon = <Value>(value: Value, badges: readonly Value[]): readonly Value[] =>
    icon === null ? badges : [value, ...badges];
  return {
    images: [...(icon === null ? [] : [icon]), ...signs.map((sign) => sign.image)],
    sizes: withIcon(
      ICON_SIZE,
      signs.map(() => BADGE_SIZE),
    ),
    placesX: withIcon(
      "50%",
      signs.map((sign) => sign.place[0]),
    ),
    placesY: withIcon(
      "50%",
      signs.map((sign) => sign.place[1]),
    ),
    offsetsX: withIcon(
      ICON_SHIFT[glyph],
      signs.map((sign) => sign.place[2]),
    ),
    offsetsY: withIcon(
      0,
      signs.map((sign) => sign.place[3]),
    ),
    containment: withIcon(
      "inside",
      signs.map(() => "over"),
    ),
    clips: withIcon(
      "node",
      signs.map(() => "none"),
    ),
  };
}
