/** Colours of the picture, of the canvas and of the exported file alike. */
export type Theme = "light" | "dark";

/** Inks: of a kind of step, or of what is to be said of it. Each has a fill that its ink is legible on. */
export const INKS = [
  "produce",
  "consume",
  "tool",
  "checkpoint",
  "other",
  "missing",
  "denied",
  "fails",
  "aside",
] as const;
export type Ink = (typeof INKS)[number];

export interface Tokens {
  readonly lane: string;
  readonly laneOdd: string;
  readonly laneEdge: string;
  readonly surface: string;
  readonly border: string;
  readonly text: string;
  readonly fact: string;
  readonly muted: string;
  /** Lines between steps. */
  readonly edge: string;
  /** The emphasised path: text ink, since blue, amber and red each say something else. */
  readonly path: string;
  readonly selection: string;
  /** On a fill of full strength. */
  readonly onInk: string;
  readonly ink: Readonly<Record<Ink, string>>;
  readonly fill: Readonly<Record<Ink, string>>;
}

export const TOKENS: Readonly<Record<Theme, Tokens>> = {
  light: {
    lane: "#ffffff",
    laneOdd: "#f7f8fa",
    laneEdge: "#dfe3e9",
    surface: "#ffffff",
    border: "#d5dae2",
    text: "#14181f",
    fact: "#3d4653",
    muted: "#5a6473",
    edge: "#7c8796",
    path: "#14181f",
    selection: "#1d4ed8",
    onInk: "#ffffff",
    ink: {
      produce: "#6d34d6",
      consume: "#4b5157",
      tool: "#0f766e",
      checkpoint: "#4b5157",
      other: "#4b5157",
      missing: "#5a6473",
      denied: "#8f4a00",
      fails: "#b3122a",
      aside: "#4a5464",
    },
    fill: {
      produce: "#f1eafe",
      consume: "#eff0f1",
      tool: "#dcf5f0",
      checkpoint: "#f4f4f5",
      other: "#f4f4f5",
      missing: "#eceff3",
      denied: "#fdefdc",
      fails: "#fde7ea",
      aside: "#eceff3",
    },
  },
  dark: {
    lane: "#11151c",
    laneOdd: "#0d1117",
    laneEdge: "#262d38",
    surface: "#181d26",
    border: "#2a323e",
    text: "#e8ecf2",
    fact: "#c2cad6",
    muted: "#97a3b4",
    edge: "#6b7787",
    path: "#e8ecf2",
    selection: "#9cc2ff",
    onInk: "#0b0e13",
    ink: {
      produce: "#b79cfb",
      consume: "#b9bec5",
      tool: "#4fd1bd",
      checkpoint: "#b9bec5",
      other: "#b9bec5",
      missing: "#97a3b4",
      denied: "#ffb454",
      fails: "#ff6b7e",
      aside: "#a9b4c3",
    },
    fill: {
      produce: "#2b2149",
      consume: "#24282e",
      tool: "#0f3535",
      checkpoint: "#1e2228",
      other: "#1e2228",
      missing: "#1e2530",
      denied: "#33230d",
      fails: "#3a1219",
      aside: "#1e2530",
    },
  },
};
