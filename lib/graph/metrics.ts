import type { Boundary } from "@/lib/chain/model.ts";
import { clip } from "./item-words.ts";
import type { TopicLabel } from "./model.ts";

/** Sizes of the picture, in CSS pixels at zoom 1. */
export const METRICS = {
  /** Columns inside a run; wider where a topic's name needs the room. */
  gap: 96,
  topicGap: 150,
  row: 88,
  /** From a lane's edge to the middle of its first row, and from its last row to its other edge. */
  lanePad: 56,
  /** From the picture's edge to the middle of the first and last column. */
  sidePad: 64,
  node: { width: 50, height: 40 },
  tool: { width: 42, height: 40 },
  missing: { width: 40, height: 40 },
  fold: { width: 50, height: 40 },
  stub: { width: 44, height: 22 },
  /** Text under a node is cut to this, so that neighbours 96 px apart never touch. */
  labelWidth: 90,
  /** Name and identifier together reach this far below a node's middle. */
  labelBottom: 48,
  topicHeight: 15,
  /** The bend of an edge. */
  bend: 52,
} as const;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How large a thing is drawn, without its text. */
export function sizeOf(
  shape: "receipt" | "missing" | "fold" | "stub",
  boundary: Boundary | null,
): Size {
  switch (shape) {
    case "receipt":
      return boundary === "tool" ? METRICS.tool : METRICS.node;
    case "missing":
      return METRICS.missing;
    case "fold":
      return METRICS.fold;
    case "stub":
      return METRICS.stub;
  }
}

/** Characters of a topic's name that are drawn; the mono figures of 9 px are 5.42 px wide. */
const TOPIC_CHARACTERS = 22;
const TOPIC_ADVANCE = 5.45;

/** The text of a topic label: its name, and its readers where there is more than one. */
export function topicText(label: Pick<TopicLabel, "topic" | "readers">): string {
  const name = clip(label.topic, TOPIC_CHARACTERS);
  return label.readers > 1 ? `${name} ×${label.readers.toLocaleString("en-US")}` : name;
}

/** Width of a topic label's box. */
export function topicWidth(text: string): number {
  return Math.round(columnsOfText(text) * TOPIC_ADVANCE) + 12;
}

/** Widths in mono columns: Chinese, Japanese and Korean signs and pictographs take two. */
export function columnsOfText(text: string): number {
  let columns = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    columns += code >= 0x1100 && WIDE.test(character) ? 2 : 1;
  }
  return columns;
}
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{1faff}\u{20000}-\u{3fffd}]/u;
