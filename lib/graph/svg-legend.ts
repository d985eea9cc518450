import { BADGE_SIGNS, type Badge, badgesOf } from "./badges.ts";
import { type Glyph, glyphOf, outlinePath } from "./glyphs.ts";
import type { ChainView, ViewEdge } from "./model.ts";
import { strokeOf } from "./svg-edges.ts";
import { badgeMarkup } from "./svg-nodes.ts";
import { element, textLine } from "./svg-text.ts";
import type { Ink, Tokens } from "./tokens.ts";

const ROW = 26;
const PAD = 18;
const SAMPLE = 28;
const SPACE = 20;
/** Mean width of a character at 11.5 px, generously: entries never touch. */
const ADVANCE = 6.6;

interface Entry {
  readonly word: string;
  /** Drawn around 0, 0 in a box of 28 x 16. */
  readonly sample: string;
}

export interface Legend {
  readonly markup: string;
  readonly height: number;
}

interface Kind {
  readonly glyph: Glyph;
  readonly ink: Ink;
  readonly word: string;
  readonly width: number;
  readonly height: number;
}

const KINDS: readonly Kind[] = [
  { glyph: "produce", ink: "produce", word: "produce", width: 24, height: 16 },
  { glyph: "consume", ink: "consume", word: "consume", width: 24, height: 16 },
  { glyph: "tool", ink: "tool", word: "tool call", width: 19, height: 17 },
  { glyph: "checkpoint", ink: "checkpoint", word: "checkpoint", width: 24, height: 16 },
  { glyph: "other", ink: "other", word: "other receipt", width: 24, height: 16 },
  { glyph: "missing", ink: "missing", word: "parent, not loaded", width: 17, height: 17 },
  { glyph: "fold", ink: "aside", word: "alike steps, folded", width: 24, height: 16 },
  { glyph: "stub", ink: "aside", word: "more, not drawn", width: 26, height: 13 },
];

/** What is in this picture and what it means, in as many rows as the width asks for. */
export function legendMarkup(view: ChainView, width: number, tokens: Tokens): Legend {
  const entries = [
    ...kindEntries(view, tokens),
    ...signEntries(view, tokens),
    ...edgeEntries(view, tokens),
  ];
  const parts: string[] = [];
  let x = PAD;
  let row = 0;
  for (const entry of entries) {
    const needed = SAMPLE + 8 + entry.word.length * ADVANCE;
    if (x > PAD && x + needed > width - PAD) {
      x = PAD;
      row++;
    }
    const y = PAD + row * ROW + 8;
    const sample = element("g", { transform: `translate(${x + SAMPLE / 2} ${y})` }, entry.sample);
    const word = textLine(entry.word, {
      x: x + SAMPLE + 8,
      y: y + 4,
      "font-size": 11.5,
      fill: tokens.text,
    });
    parts.push(sample + word);
    x += needed + SPACE;
  }
  return { markup: parts.join(""), height: PAD * 2 + row * ROW + 16 };
}

function kindEntries(view: ChainView, tokens: Tokens): Entry[] {
  const present = new Set(view.items.map(glyphOf));
  return KINDS.filter(({ glyph }) => present.has(glyph)).map((kind) => ({
    word: kind.word,
    sample: element("path", {
      d: outlinePath(kind.glyph, kind.width, kind.height),
      fill: tokens.fill[kind.ink],
      stroke: tokens.ink[kind.ink],
      "stroke-width": 1.4,
      "stroke-linejoin": "round",
      "stroke-linecap": kind.glyph === "missing" ? "round" : null,
      "stroke-dasharray": kind.glyph === "missing" ? "0.1 3.4" : null,
    }),
  }));
}

function signEntries(view: ChainView, tokens: Tokens): Entry[] {
  const present = new Set<Badge>();
  for (const item of view.items) for (const badge of badgesOf(item)) present.add(badge);
  return [...present].map((badge) => ({
    word: BADGE_SIGNS[badge].word,
    sample: centred(badge, tokens),
  }));
}

/** A sign in the middle of its box: a size of 6 x 4 puts every corner at 0, 0. */
function centred(badge: Badge, tokens: Tokens): string {
  return badgeMarkup(badge, { width: 6, height: 4 }, tokens);
}

const STRENGTH_WORDS: readonly (readonly [ViewEdge["strength"], string])[] = [
  ["verified", "link verified"],
  ["observed", "link observed"],
  ["asserted", "link asserted"],
];

function edgeEntries(view: ChainView, tokens: Tokens): Entry[] {
  const present = new Set(view.edges.map((edge) => edge.strength));
  const plain = { isAfterDenial: false, isEmphasised: false, isAside: false, closesCycle: false };
  const entries = STRENGTH_WORDS.filter(([strength]) => present.has(strength)).map(
    ([strength, word]) => ({ word, sample: line({ ...plain, strength }, tokens) }),
  );
  const denied = new Set(
    view.items
      .filter((item) => item.kind === "receipt" && item.facts.decision === "deny")
      .map((i) => i.key),
  );
  if (view.edges.some((edge) => denied.has(edge.from))) {
    entries.push({
      word: "after a denial",
      sample: line({ ...plain, strength: "observed", isAfterDenial: true }, tokens),
    });
  }
  if (view.edges.some((edge) => edge.closesCycle)) {
    entries.push({
      word: "closes a cycle",
      sample: line({ ...plain, strength: "observed", closesCycle: true }, tokens),
    });
  }
  return entries;
}

function line(look: Parameters<typeof strokeOf>[0], tokens: Tokens): string {
  const stroke = strokeOf(look, tokens);
  return element("path", {
    d: `M${-SAMPLE / 2} 0h${SAMPLE}`,
    stroke: stroke.color,
    "stroke-width": stroke.width,
    "stroke-dasharray": stroke.dash,
  });
}
