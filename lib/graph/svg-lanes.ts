import { formatCount, plural } from "@/lib/display/numbers.ts";
import { clip } from "./item-words.ts";
import type { ChainView, Lane } from "./model.ts";
import { element, textLine } from "./svg-text.ts";
import type { Tokens } from "./tokens.ts";

/** Width of the column with the lanes' names. */
export const HEADER = 176;
const NAME = 22;

/** The colour under a lane, by its place from above. */
export function groundOf(lane: number, tokens: Tokens): string {
  return lane % 2 === 0 ? tokens.lane : tokens.laneOdd;
}

/** The bands of the lanes with their names at the left. `width` is that of the whole picture. */
export function lanesMarkup(view: ChainView, width: number, tokens: Tokens): string {
  const parts = view.lanes.map((lane, place) => {
    const band = element("rect", {
      x: -HEADER,
      y: lane.top,
      width,
      height: lane.height,
      fill: groundOf(place, tokens),
    });
    const edge = element("path", {
      d: `M${-HEADER} ${lane.top + lane.height}h${width}`,
      stroke: tokens.laneEdge,
    });
    return band + edge + headerMarkup(lane, view.request.lanes, tokens);
  });
  return parts.join("");
}

function headerMarkup(lane: Lane, kind: string, tokens: Tokens): string {
  const x = 18 - HEADER;
  const name = lane.name === "" ? `no ${kind}` : clip(lane.name, NAME);
  const lines = [
    { text: name, size: 13, weight: 600, fill: tokens.text },
    { text: plural(lane.receipts, "receipt"), size: 11.5, weight: 400, fill: tokens.muted },
  ];
  if (lane.denied > 0) {
    const text = `${formatCount(lane.denied)} denied`;
    lines.push({ text, size: 11.5, weight: 600, fill: tokens.ink.denied });
  }
  if (lane.failing > 0) {
    const verb = lane.failing === 1 ? "does" : "do";
    const text = `${formatCount(lane.failing)} ${verb} not verify`;
    lines.push({ text, size: 11.5, weight: 600, fill: tokens.ink.fails });
  }
  return lines
    .map((line, index) =>
      textLine(line.text, {
        x,
        y: lane.top + 31 + index * 18,
        "font-size": line.size,
        "font-weight": line.weight,
        fill: line.fill,
      }),
    )
    .join("");
}
