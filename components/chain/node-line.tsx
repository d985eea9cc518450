import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { DecisionIcon } from "@/components/seal/marks.tsx";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import type { NodeFacts } from "@/lib/chain/model.ts";
import { stepWords } from "@/lib/display/chain-words.ts";
import { DECISION_WORDS, STATUS_WORDS } from "@/lib/display/status.ts";
import { shortId } from "@/lib/graph/item-words.ts";
import { NodeIcon } from "./boundary-icon.tsx";

/** A step in one line: shape, name, kind; what is denied or does not verify says so; its id at the end. */
export function NodeLine({ facts }: { readonly facts: NodeFacts }): ReactNode {
  const { name, kind } = stepWords(facts);
  return (
    <>
      <NodeIcon facts={facts} />
      <span className="min-w-0 truncate">
        <bdi className="font-medium text-ink">{visibleText(name)}</bdi>{" "}
        <span className="text-muted">{kind}</span>
      </span>
      <NodeMarks facts={facts} />
      {facts.row !== null && (
        <bdi
          className="ml-auto shrink-0 pl-2 font-mono text-11 text-muted"
          title={visibleText(facts.id.slice(0, 200))}
        >
          {shortId(facts.id)}
        </bdi>
      )}
    </>
  );
}

/** Only what stands out: an allowed, verified step has no mark. */
export function NodeMarks({ facts }: { readonly facts: NodeFacts }): ReactNode {
  if (facts.row === null) return null;
  const fails = facts.integrity === "does-not-verify";
  const decided = facts.decision === "allow" || facts.decision === "none";
  return (
    <>
      {!decided && (
        <span
          className={`inline-flex shrink-0 items-center gap-1 ${facts.decision === "deny" ? "font-medium text-denied" : "text-unchecked"}`}
        >
          <DecisionIcon decision={facts.decision} size={13} />
          {DECISION_WORDS[facts.decision]}
        </span>
      )}
      {fails && (
        <span className="inline-flex shrink-0 items-center gap-1 font-medium text-fails">
          <StatusIcon status="does-not-verify" size={14} />
          {STATUS_WORDS["does-not-verify"]}
        </span>
      )}
    </>
  );
}
