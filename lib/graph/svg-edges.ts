import { curvePath, edgeCurves } from "./edge-path.ts";
import { METRICS, topicText, topicWidth } from "./metrics.ts";
import type { ChainView, ItemKey, TopicLabel, ViewEdge } from "./model.ts";
import { element, MONO, textLine } from "./svg-text.ts";
import type { Tokens } from "./tokens.ts";

/** What decides how an edge is drawn. */
export interface EdgeLook {
  readonly strength: ViewEdge["strength"];
  /** It leads on from a step that was denied. */
  readonly isAfterDenial: boolean;
  readonly isEmphasised: boolean;
  readonly isAside: boolean;
  readonly closesCycle: boolean;
}

interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly dash: string | null;
}

/** Stated in a signature that verifies: 2 px. Observed: 1 px. Only said: 1 px, dashed. */
export function strokeOf(look: EdgeLook, tokens: Tokens): Stroke {
  const width = look.strength === "verified" ? 2 : 1;
  const dash = look.strength === "asserted" ? "4 3" : null;
  if (look.isAfterDenial)
    return { color: tokens.ink.denied, width: Math.max(1.5, width), dash: "6 4" };
  if (look.isEmphasised) return { color: tokens.path, width: 2.6, dash };
  // What is its own cause is a finding: it is not to be taken for one more thin line.
  if (look.closesCycle) return { color: tokens.path, width: 1.4, dash: "1.5 3" };
  return { color: tokens.edge, width, dash };
}

/** All edges, the emphasised last so that they lie over the others. */
export function edgesMarkup(view: ChainView, path: ReadonlySet<ItemKey>, tokens: Tokens): string {
  const curves = edgeCurves(view);
  const denied = new Set(
    view.items
      .filter((item) => item.kind === "receipt" && item.facts.decision === "deny")
      .map((item) => item.key),
  );
  const under: string[] = [];
  const over: string[] = [];
  for (const edge of view.edges) {
    const curve = curves.get(edge.key);
    if (curve === undefined) continue;
    const isEmphasised = path.has(edge.from) && path.has(edge.to);
    const look: EdgeLook = {
      strength: edge.strength,
      isAfterDenial: denied.has(edge.from),
      isEmphasised,
      isAside: path.size > 0 && !isEmphasised,
      closesCycle: edge.closesCycle,
    };
    const stroke = strokeOf(look, tokens);
    const markup = element("path", {
      d: curvePath(curve),
      stroke: stroke.color,
      "stroke-width": stroke.width,
      "stroke-dasharray": stroke.dash,
      "marker-end": `url(#${markerOf(look)})`,
      opacity: look.isAside && !look.isAfterDenial && !look.closesCycle ? 0.75 : null,
    });
    (isEmphasised ? over : under).push(markup);
  }
  return element(
    "g",
    { fill: "none", "stroke-linejoin": "round" },
    under.concat(over).join("") || " ",
  );
}

function markerOf(look: EdgeLook): string {
  if (look.isAfterDenial) return "head-denied";
  return look.isEmphasised || look.closesCycle ? "head-path" : "head-edge";
}

/** Arrow heads: of one size whatever the line's width. */
export function markersMarkup(tokens: Tokens): string {
  const head = (id: string, color: string) =>
    element(
      "marker",
      {
        id,
        viewBox: "0 0 8 8",
        refX: 7,
        refY: 4,
        markerWidth: 8,
        markerHeight: 8,
        markerUnits: "userSpaceOnUse",
        orient: "auto",
      },
      element("path", { d: "M0.5 0.8 7.5 4 0.5 7.2 2 4Z", fill: color }),
    );
  const heads = [
    head("head-edge", tokens.edge),
    head("head-path", tokens.path),
    head("head-denied", tokens.ink.denied),
  ];
  return element("defs", {}, heads.join(""));
}

/** The name of a topic where it leaves its producer. */
export function topicMarkup(label: TopicLabel, isAside: boolean, tokens: Tokens): string {
  const text = topicText(label);
  const width = topicWidth(text);
  const color = isAside ? tokens.muted : tokens.ink.produce;
  const height = METRICS.topicHeight;
  const box = element("rect", {
    x: label.x,
    y: label.y - height / 2,
    width,
    height,
    rx: 4,
    fill: tokens.surface,
    stroke: isAside ? tokens.border : color,
    "stroke-width": isAside ? 1 : 0.9,
  });
  const line = textLine(text, {
    x: label.x + width / 2,
    y: label.y + 3.2,
    "text-anchor": "middle",
    "font-family": MONO,
    "font-size": 9,
    "font-weight": 500,
    fill: color,
  });
  return box + line;
}
