import type { Beneath, Boundary, NodeFacts } from "@/lib/chain/model.ts";
import type { FoldItem, ViewItem } from "./model.ts";

/**
 * The two lines under a drawn item, the same on the canvas and in the exported picture. Both are short, of one
 * line and without characters that are not seen: ids and names of a log may hold any.
 */
export interface ItemWords {
  readonly name: string;
  readonly detail: string;
}

const NAME = 16;
const DETAIL = 18;

export function itemWords(item: ViewItem): ItemWords {
  switch (item.kind) {
    case "receipt":
      return {
        name: clip(stepName(item.facts.boundary, item.facts.tool), NAME),
        detail: clip(receiptDetail(item.facts), DETAIL),
      };
    case "missing":
      return { name: "not loaded", detail: shortId(item.facts.id) };
    case "fold":
      return foldWords(item);
    case "stub":
      return {
        name: `+${compactCount(item.count)}`,
        detail: beneathDetail(item.beneath) || (item.side === "children" ? "more" : "more causes"),
      };
  }
}

/** How many of what; where that does not fit, what they are goes to the second line. */
function foldWords(item: FoldItem): ItemWords {
  const times = `\u00d7 ${COUNT.format(item.count)}`;
  const whole = `${times} ${item.label}`;
  const beneath = beneathDetail(item.beneath);
  return whole.length <= NAME
    ? { name: clip(whole, NAME), detail: beneath || "alike steps" }
    : { name: times, detail: beneath || clip(item.label, DETAIL) };
}

/** What a step is called: a tool by its name, the others by what they do. */
export function stepName(boundary: Boundary, tool: string): string {
  switch (boundary) {
    case "tool":
      return tool === "" ? "tool call" : tool;
    case "other":
      return tool === "" ? "receipt" : tool;
    case "consume":
    case "produce":
    case "checkpoint":
      return boundary;
  }
}

/** What is wrong with it comes before how it is called. */
function receiptDetail(facts: NodeFacts): string {
  if (facts.integrity === "does-not-verify") {
    return "does not verify";
  }
  if (facts.decision === "deny") {
    return facts.guard === "" ? "denied" : facts.guard;
  }
  if (facts.decision === "cancelled" || facts.decision === "incomplete") {
    return facts.decision;
  }
  return facts.settlement === "rolled-back" ? "rolled back" : shortId(facts.id);
}

/** The worst of what lies beneath; "" where nothing of it stands out. */
function beneathDetail(beneath: Beneath): string {
  if (beneath.failing > 0) {
    const verb = beneath.failing === 1 ? "does" : "do";
    return `${COUNT.format(beneath.failing)} ${verb} not verify`;
  }
  return beneath.denied > 0 ? `${COUNT.format(beneath.denied)} denied` : "";
}

/** An id that fits under a node: whole where it is short, else its two ends, which are what people compare. */
export function shortId(id: string): string {
  return id.length <= 14 ? clip(id, 14) : `${clip(id.slice(0, 7), 8)}\u2026${tidy(id.slice(-5))}`;
}

/** At most `most` characters on one line; the rest is an ellipsis. */
export function clip(text: string, most: number): string {
  // A name may be a megabyte long: only what could be shown is looked at.
  const characters = Array.from(tidy(text.slice(0, most * 2 + 2)));
  const isWhole = characters.length <= most && text.length <= most * 2 + 2;
  return isWhole ? characters.join("") : `${characters.slice(0, most - 1).join("")}\u2026`;
}

/** Characters that are not seen, or that turn the direction of writing, become a mark. */
function tidy(text: string): string {
  return text.replace(HIDDEN, "\u00b7");
}

const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/gu;

/** A count that fits into a stub: `950`, `4.2k`, `48k`. Never more than there are. */
export function compactCount(count: number): string {
  if (count < 1_000) return String(count);
  return count < 10_000 ? `${Math.floor(count / 100) / 10}k` : `${Math.floor(count / 1_000)}k`;
}

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
