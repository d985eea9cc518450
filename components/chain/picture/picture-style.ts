import type { NodeSingular } from "cytoscape";
import { STRENGTHS } from "@/lib/chain/model.ts";
import { cornerRadius, GLYPHS, type Glyph, POLYGONS } from "@/lib/graph/glyphs.ts";
import { METRICS } from "@/lib/graph/metrics.ts";
import { type EdgeLook, strokeOf } from "@/lib/graph/svg-edges.ts";
import { INKS, type Theme, TOKENS, type Tokens } from "@/lib/graph/tokens.ts";
import { artist, type ItemArt } from "./item-art.ts";

export interface StyleRule {
  readonly selector: string;
  readonly style: Readonly<Record<string, unknown>>;
}

/**
 * The stylesheet of the canvas. Of two rules the later wins: shapes, then the path, then the verdict, so that
 * nothing that does not verify looks as if it did; the selection comes last and changes no colour of a text.
 */
export function pictureStyle(theme: Theme): readonly StyleRule[] {
  const tokens = TOKENS[theme];
  return [
    ...nodeRules(tokens, theme),
    ...edgeRules(tokens),
    ...pathRules(tokens),
    ...verdictRules(tokens),
    {
      selector: "node.selected",
      style: {
        "outline-color": tokens.selection,
        "outline-width": 2.5,
        "outline-offset": 4,
        "outline-opacity": 1,
        "z-index": 20,
      },
    },
  ];
}

function nodeRules(tokens: Tokens, theme: Theme): readonly StyleRule[] {
  const art = artist(theme);
  const drawn =
    (part: keyof ItemArt) =>
    (node: NodeSingular): ItemArt[keyof ItemArt] =>
      art(String(node.data("art")), node.hasClass("filled"))[part];
  return [
    {
      selector: "node",
      style: {
        width: "data(width)",
        height: "data(height)",
        label: "data(label)",
        "font-family": '"Inter Variable", system-ui, sans-serif',
        "font-size": 11.5,
        "font-weight": 600,
        color: tokens.text,
        "text-valign": "bottom",
        "text-margin-y": 5,
        "text-outline-color": tokens.lane,
        "text-outline-width": 1.5,
        "text-outline-opacity": 0.85,
        "min-zoomed-font-size": 5.5,
        "border-width": 1.4,
        // Badges stand over the edge; what is outside the bounds is cut off.
        "bounds-expansion": 10,
        "background-image": drawn("images"),
        "background-width": drawn("sizes"),
        "background-height": drawn("sizes"),
        "background-position-x": drawn("placesX"),
        "background-position-y": drawn("placesY"),
        "background-offset-x": drawn("offsetsX"),
        "background-offset-y": drawn("offsetsY"),
        "background-image-containment": drawn("containment"),
        "background-clip": drawn("clips"),
        "overlay-opacity": 0,
        "z-index": 10,
      },
    },
    { selector: "node.odd", style: { "text-outline-color": tokens.laneOdd } },
    ...GLYPHS.map((glyph) => ({ selector: `node.${glyph}`, style: outlineStyle(glyph) })),
    ...INKS.map((ink) => ({
      selector: `node.ink-${ink}`,
      style: { "background-color": tokens.fill[ink], "border-color": tokens.ink[ink] },
    })),
    { selector: "node.dotted", style: { "border-style": "dotted", "border-width": 1.8 } },
    {
      selector: "node.dashed",
      style: { "border-style": "dashed", "border-dash-pattern": [6, 3] },
    },
    // A doubled frame: there are several.
    {
      selector: "node.fold",
      style: { "outline-width": 1.2, "outline-offset": 3, "outline-opacity": 0.8 },
    },
    ...INKS.map((ink) => ({
      selector: `node.fold.ink-${ink}`,
      style: { "outline-color": tokens.ink[ink] },
    })),
    {
      selector: "node.stub",
      style: {
        "text-valign": "center",
        "text-margin-y": 0,
        "text-outline-width": 0,
        "background-color": tokens.surface,
        "border-width": 1.2,
        color: tokens.ink.aside,
      },
    },
    ...INKS.map((ink) => ({
      selector: `node.filled.ink-${ink}`,
      style: { "background-color": tokens.ink[ink] },
    })),
  ];
}

function outlineStyle(glyph: Glyph): StyleRule["style"] {
  const points = POLYGONS[glyph];
  if (points !== null) {
    return { shape: "polygon", "shape-polygon-points": points.join(" ") };
  }
  if (glyph === "missing") {
    return { shape: "ellipse" };
  }
  const { height } = glyph === "stub" ? METRICS.stub : METRICS.node;
  return { shape: "round-rectangle", "corner-radius": cornerRadius(glyph, height) };
}

function edgeRules(tokens: Tokens): readonly StyleRule[] {
  return [
    {
      selector: "edge",
      style: {
        "curve-style": "unbundled-bezier",
        "edge-distances": "endpoints",
        "control-point-weights": "data(weights)",
        "control-point-distances": "data(distances)",
        "source-endpoint": "data(leaves)",
        "target-endpoint": "data(arrives)",
        "line-color": tokens.edge,
        "target-arrow-color": tokens.edge,
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.72,
        width: 1,
        "overlay-opacity": 0,
        events: "no",
        "z-index": 1,
      },
    },
    ...STRENGTHS.map((strength) => ({
      selector: `edge.${strength}`,
      style: lineStyle(strokeOf({ ...PLAIN, strength }, tokens)),
    })),
    {
      selector: "edge.of-stub",
      style: { "line-style": "dotted", "target-arrow-shape": "none", width: 1 },
    },
    {
      selector: "edge.closes-cycle",
      style: {
        ...lineStyle(strokeOf({ ...PLAIN, strength: "observed", closesCycle: true }, tokens)),
        "source-arrow-shape": "circle",
        "source-arrow-color": tokens.edge,
      },
    },
    {
      selector: "edge.own-cause",
      style: {
        "curve-style": "bezier",
        "source-endpoint": "outside-to-node",
        "target-endpoint": "outside-to-node",
        "loop-direction": "0deg",
        "loop-sweep": "-60deg",
        "control-point-step-size": 34,
      },
    },
  ];
}

const PLAIN: Omit<EdgeLook, "strength"> = {
  isAfterDenial: false,
  isEmphasised: false,
  isAside: false,
  closesCycle: false,
};

/** A stroke of the exported picture, as the canvas takes it. */
function lineStyle(stroke: ReturnType<typeof strokeOf>): StyleRule["style"] {
  const line = {
    "line-color": stroke.color,
    "target-arrow-color": stroke.color,
    width: stroke.width,
  };
  return stroke.dash === null
    ? line
    : {
        ...line,
        "line-style": "dashed",
        "line-dash-pattern": stroke.dash.split(" ").map(Number),
      };
}

/** Off the path shapes are quieter; texts only lose weight, so that they stay legible. */
const ASIDE = {
  "background-opacity": 0.5,
  "background-image-opacity": 0.55,
  "border-opacity": 0.5,
} as const;

function pathRules(tokens: Tokens): readonly StyleRule[] {
  return [
    { selector: "node.between", style: { ...ASIDE, color: tokens.muted } },
    { selector: "node.on-path", style: { "border-width": 2.4, color: tokens.text } },
    { selector: "node.off-path", style: { ...ASIDE, color: tokens.muted } },
    { selector: "edge.off-path", style: { opacity: 0.62 } },
    {
      selector: "edge.on-path",
      style: {
        "line-color": tokens.path,
        "target-arrow-color": tokens.path,
        width: 2.6,
        "arrow-scale": 0.8,
        "z-index": 5,
      },
    },
  ];
}

function verdictRules(tokens: Tokens): readonly StyleRule[] {
  const denial = strokeOf({ ...PLAIN, strength: "observed", isAfterDenial: true }, tokens);
  return [
    ...(["denied", "fails"] as const).flatMap((ink) => [
      {
        selector: `node.ink-${ink}`,
        style: { "border-color": tokens.ink[ink], "border-width": 2, color: tokens.ink[ink] },
      },
      {
        selector: `node.ink-${ink}.off-path, node.ink-${ink}.between`,
        style: { "background-opacity": 1, "background-image-opacity": 1, "border-opacity": 1 },
      },
    ]),
    { selector: "edge.after-denial", style: { ...lineStyle(denial), opacity: 0.95 } },
    { selector: "edge.after-denial.on-path", style: { width: 2.6 } },
  ];
}
