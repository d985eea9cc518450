import type { NodeFacts } from "@/lib/chain/model.ts";
import { costWords, SETTLEMENT_WORDS } from "@/lib/display/chain-words.ts";
import { looksLikeHash } from "@/lib/display/hash.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import type { NodeAnswer } from "@/lib/graph/questions.ts";
import type { PanelFact } from "./fact-list.tsx";

/** Delegations that are spelled out; a longer way is counted. */
const MOST_HANDED = 5;

/** What the receipt says of itself, in the panel's order; an id that is a hash stands in the head. Empty values are those it does not say. */
export function nodeFacts({ facts, delegations }: NodeAnswer): readonly PanelFact[] {
  const handed = delegations.slice(0, MOST_HANDED).map(({ parent }) => parent);
  const more = delegations.length - handed.length;
  return [
    { label: "Id", value: looksLikeHash(facts.id) ? "" : facts.id, mono: true },
    {
      label: "Time",
      value: facts.time === null ? "" : `${formatDateTime(facts.time)} UTC, as it says itself`,
    },
    { label: "Service", value: facts.service },
    { label: "Agent", value: facts.agent },
    { label: "Tool", value: facts.tool, mono: true },
    { label: "Topic", value: facts.topic, mono: true },
    { label: "Guard", value: facts.guard, mono: true },
    { label: "Cost", value: facts.cost === null ? "" : costWords(facts.cost) },
    { label: "Capability", value: facts.capability, mono: true },
    {
      label: "Delegated from",
      value: [...handed, ...(more > 0 ? [`${more} more`] : [])].join(" ← "),
      mono: true,
    },
    settlementOf(facts),
  ];
}

/** A denied call has no attempt that could be kept: its denial may be on a topic, or not. */
function settlementOf({ decision, settlement }: NodeFacts): PanelFact {
  if (decision !== "deny") {
    return { label: "Settlement", value: SETTLEMENT_WORDS[settlement] };
  }
  return { label: "Dead letter", value: settlement === "confirmed" ? "On its topic" : "Not known" };
}
