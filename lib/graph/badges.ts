import type { ViewItem } from "./model.ts";
import type { Ink } from "./tokens.ts";

/** A small sign at a corner: what is to be said of a step beside its kind. */
export const BADGES = [
  "denied",
  "fails",
  "unverified",
  "cancelled",
  "incomplete",
  "rolled-back",
  "missing",
] as const;
export type Badge = (typeof BADGES)[number];

export const CORNERS = ["top-right", "top-left", "bottom-right"] as const;
export type Corner = (typeof CORNERS)[number];

export interface BadgeSign {
  readonly word: string;
  readonly ink: Ink;
  /** Decisions, integrity and settlement each have their corner, so that none hides another. */
  readonly corner: Corner;
  /** Border of the sign, on a grid of 24 like the lines in it. */
  readonly outline: string;
  readonly lines: string;
  /** A solid sign is the strongest mark there is. */
  readonly isSolid: boolean;
  readonly isDashed: boolean;
}

const CIRCLE = "M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19Z";
const OCTAGON = "M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9Z";

export const BADGE_SIGNS: Readonly<Record<Badge, BadgeSign>> = {
  denied: sign("denied", "denied", "top-right", CIRCLE, "M7 12h10"),
  fails: sign(
    "does not verify",
    "fails",
    "top-left",
    OCTAGON,
    "M7.5 9.8h9M7.5 14.2h9M14.6 6 9.4 18",
  ),
  unverified: {
    ...sign("not checked", "aside", "top-left", CIRCLE, "M8 12h8"),
    isSolid: false,
    isDashed: true,
  },
  cancelled: { ...sign("cancelled", "aside", "top-right", CIRCLE, "M9 9h6v6H9Z"), isSolid: false },
  incomplete: {
    ...sign("incomplete", "aside", "top-right", CIRCLE, "M12 6.5a5.5 5.5 0 0 1 0 11Z"),
    isSolid: false,
  },
  "rolled-back": {
    ...sign(
      "rolled back",
      "aside",
      "bottom-right",
      CIRCLE,
      "M10 7.5 6.8 10.7 10 13.9M7 10.7h6.8a2.9 2.9 0 0 1 0 5.8H12",
    ),
    isSolid: false,
  },
  missing: {
    ...sign(
      "not loaded",
      "missing",
      "top-right",
      CIRCLE,
      "M9 9.6a3 3 0 1 1 4.3 2.8c-.9.4-1.3 1-1.3 2M12 17.4v.1",
    ),
    isSolid: false,
  },
};

/** The signs of an item, at most one for each corner; of a fold or stub, for what lies beneath. */
export function badgesOf(item: ViewItem): readonly Badge[] {
  switch (item.kind) {
    case "missing":
      return [];
    case "fold":
    case "stub": {
      const found: Badge[] = [];
      if (item.beneath.denied > 0) found.push("denied");
      if (item.beneath.failing > 0) found.push("fails");
      return found;
    }
    case "receipt": {
      const found: Badge[] = [];
      const { decision, integrity, settlement } = item.facts;
      if (decision === "deny") found.push("denied");
      if (decision === "cancelled" || decision === "incomplete") found.push(decision);
      if (integrity === "does-not-verify") found.push("fails");
      if (integrity === "not-checked" || integrity === "unsigned") found.push("unverified");
      if (settlement === "rolled-back") found.push("rolled-back");
      return found;
    }
  }
}

/** The ink of an item: what does not fit before what was refused, both before its kind. */
export function inkOf(item: ViewItem): Ink {
  switch (item.kind) {
    case "missing":
      return "missing";
    case "stub":
    case "fold":
      if (item.beneath.failing > 0) return "fails";
      return item.beneath.denied > 0 ? "denied" : "aside";
    case "receipt": {
      const { boundary, decision, integrity } = item.facts;
      if (integrity === "does-not-verify") return "fails";
      if (decision === "deny") return "denied";
      return decision === "cancelled" || decision === "incomplete" ? "aside" : boundary;
    }
  }
}

/** The border of an item: whole, dashed for what does not fit or was undone, dotted for what is not here. */
export function borderOf(item: ViewItem): "solid" | "dashed" | "dotted" {
  switch (item.kind) {
    case "missing":
      return "dotted";
    case "fold":
    case "stub":
      return "solid";
    case "receipt": {
      const { integrity, settlement } = item.facts;
      return integrity === "does-not-verify" || settlement === "rolled-back" ? "dashed" : "solid";
    }
  }
}

/** Middle of a corner's sign, from the middle of a box. */
export function cornerAt(corner: Corner, width: number, height: number) {
  const x = width / 2 - 3;
  const y = height / 2 - 2;
  switch (corner) {
    case "top-right":
      return { x, y: -y };
    case "top-left":
      return { x: -x, y: -y };
    case "bottom-right":
      return { x, y };
  }
}

function sign(word: string, ink: Ink, corner: Corner, outline: string, lines: string): BadgeSign {
  return { word, ink, corner, outline, lines, isSolid: true, isDashed: false };
}
