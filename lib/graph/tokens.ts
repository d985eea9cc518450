import type { Boundary } from "@/lib/chain/model.ts";

/**
 * The picture's colours, on the canvas and in the exported picture: neither can read the page's. A kind is a
 * neutral, teal or violet ink; blue stays with what verified and what is chosen, amber is denied, and red only
 * means that a receipt does not verify.
 */
export interface PictureTokens {
  readonly ground: string;
  readonly lane: string;
  readonly laneOdd: string;
  readonly laneBorder: string;
  readonly text: string;
  readonly detail: string;
  readonly muted: string;
  /** Inside a run, and between services. */
  readonly edge: string;
  readonly topicEdge: string;
  /** The chosen item and its way to the root cause. */
  readonly accent: string;
  /** On a solid fill. */
  readonly onInk: string;
  readonly kinds: Readonly<Record<Boundary, Tone>>;
  readonly missing: Tone;
  readonly group: Tone;
  readonly denied: Tone;
  readonly failing: Tone;
}

export interface Tone {
  readonly ink: string;
  readonly tint: string;
  readonly border: string;
}

const SLATE_LIGHT: Tone = { ink: "#4a5464", tint: "#eceff3", border: "#8793a3" };
const SLATE_DARK: Tone = { ink: "#a9b4c3", tint: "#1e2530", border: "#647183" };

export const PICTURE_TOKENS: Readonly<Record<"light" | "dark", PictureTokens>> = {
  light: {
    ground: "#f7f8fa",
    lane: "#ffffff",
    laneOdd: "#f7f8fa",
    laneBorder: "#d5dae2",
    text: "#14181f",
    detail: "#5a6473",
    muted: "#5a6473",
    edge: "#8f9bab",
    topicEdge: "#7c8796",
    accent: "#1d4ed8",
    onInk: "#ffffff",
    kinds: {
      produce: { ink: "#6d28d9", tint: "#f1eafe", border: "#9d78e6" },
      consume: SLATE_LIGHT,
      tool: { ink: "#0f766e", tint: "#dcf5f0", border: "#4fa398" },
      checkpoint: SLATE_LIGHT,
      other: SLATE_LIGHT,
    },
    missing: { ink: "#5a6473", tint: "#f7f8fa", border: "#7c8796" },
    group: SLATE_LIGHT,
    denied: { ink: "#8f4a00", tint: "#fdefdc", border: "#b4690e" },
    failing: { ink: "#b3122a", tint: "#fde7ea", border: "#b3122a" },
  },
  dark: {
    ground: "#0b0e13",
    lane: "#11151c",
    laneOdd: "#0b0e13",
    laneBorder: "#2a323e",
    text: "#e8ecf2",
    detail: "#97a3b4",
    muted: "#97a3b4",
    edge: "#566274",
    topicEdge: "#6b7787",
    accent: "#7aa2ff",
    onInk: "#0b0e13",
    kinds: {
      produce: { ink: "#b79cfb", tint: "#2b2149", border: "#7d66c4" },
      consume: SLATE_DARK,
      tool: { ink: "#4fd1bd", tint: "#0f3535", border: "#2f8d83" },
      checkpoint: SLATE_DARK,
      other: SLATE_DARK,
    },
    missing: { ink: "#97a3b4", tint: "#0b0e13", border: "#6b7787" },
    group: SLATE_DARK,
    denied: { ink: "#ffb454", tint: "#33230d", border: "#e09a3a" },
    failing: { ink: "#ff6b7e", tint: "#3a1219", border: "#ff6b7e" },
  },
};
