import type { Boundary } from "@/lib/chain/model.ts";

/**
 * Shapes and icons of the picture, so that nothing rests on colour alone. A polygon is a list of x and y from -1
 * to 1 in the item's box; an icon is strokes in a box of 24, drawn with round ends.
 */
export interface Glyph {
  readonly body:
    | { readonly kind: "polygon"; readonly points: readonly number[] }
    | { readonly kind: "round"; readonly radius: number }
    | { readonly kind: "ellipse" };
  readonly icon: readonly string[];
  /** Where a link arrives at its left, as a part of half the width: a notch is further in. */
  readonly arrivesAt: number;
}

/** An arrow out of the page, an arrow into it, a wrench: UML's signals and a tool. */
export const KIND_GLYPHS: Readonly<Record<Boundary, Glyph>> = {
  produce: {
    body: { kind: "polygon", points: [-1, -1, 0.52, -1, 1, 0, 0.52, 1, -1, 1] },
    icon: ["M12 20V4", "m5 11 7-7 7 7"],
    arrivesAt: 1,
  },
  consume: {
    body: { kind: "polygon", points: [-1, -1, 1, -1, 1, 1, -1, 1, -0.58, 0] },
    icon: ["M12 3v12", "m6 9 6 6 6-6", "M5 21h14"],
    arrivesAt: 0.58,
  },
  tool: {
    body: { kind: "round", radius: 10 },
    icon: [
      "M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.106-3.105c.32-.322.863-.22.983.218a6 6 0 0 1-8.259 7.057l-7.91 7.91a1 1 0 0 1-2.999-3l7.91-7.91a6 6 0 0 1 7.057-8.259c.438.12.54.662.219.984z",
    ],
    arrivesAt: 1,
  },
  checkpoint: {
    body: { kind: "polygon", points: [-1, -1, 1, -1, 1, 1, 0, 0.62, -1, 1] },
    icon: ["M6 3h12", "M6 9h12", "M6 15h12"],
    arrivesAt: 1,
  },
  other: {
    body: { kind: "round", radius: 3 },
    icon: ["M6 22V2h8l6 6v14z", "M14 2v6h6"],
    arrivesAt: 1,
  },
};

/** A dotted circle with a link that leads nowhere. */
export const MISSING_GLYPH: Glyph = {
  body: { kind: "ellipse" },
  icon: ["M9.5 9.2a2.6 2.6 0 1 1 3.6 2.4c-.8.4-1.1.9-1.1 1.8", "M12 17.2v.2"],
  arrivesAt: 1,
};

/** Layers in a doubled frame. */
export const FOLD_GLYPH: Glyph = {
  body: { kind: "round", radius: 6 },
  icon: ["m12 3 9 4.5-9 4.5-9-4.5z", "m3 12 9 4.5 9-4.5", "m3 16.5 9 4.5 9-4.5"],
  arrivesAt: 1,
};

export const STUB_GLYPH: Glyph = {
  body: { kind: "round", radius: 11 },
  icon: ["M5 12h.01", "M12 12h.01", "M19 12h.01"],
  arrivesAt: 1,
};

/** A solid disc with a bar: the call was not let through. */
export const DENIED_BADGE = ["M5.6 5.6 18.4 18.4"] as const;
/** Not-equal in an octagon, not a cross: it says what was found. */
export const FAILING_BADGE = ["M6 9h12", "M6 15h12", "M15.5 5 8.5 19"] as const;
export const OCTAGON = "M7 0h10l7 7v10l-7 7H7l-7-7V7z";
