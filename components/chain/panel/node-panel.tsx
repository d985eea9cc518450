"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { DecisionPill, StatusPill } from "@/components/seal/marks.tsx";
import { HashText } from "@/components/ui/hash-text.tsx";
import { Pill } from "@/components/ui/pill.tsx";
import type { NodeFacts, NodeKey } from "@/lib/chain/model.ts";
import { ALLOW_CAVEAT, stepWords } from "@/lib/display/chain-words.ts";
import { looksLikeHash } from "@/lib/display/hash.ts";
import { plural } from "@/lib/display/numbers.ts";
import { clip } from "@/lib/graph/item-words.ts";
import type { NodeAnswer } from "@/lib/graph/questions.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { receiptPage } from "@/lib/queries/receipts.ts";
import { MissingIcon } from "../boundary-icon.tsx";
import type { ChainPanelProps } from "./chain-panel.tsx";
import { FactList } from "./fact-list.tsx";
import { LinkList } from "./link-list.tsx";
import { NodeActions } from "./node-actions.tsx";
import { nodeFacts } from "./node-facts.ts";
import { PathList } from "./path-list.tsx";
import { StoppedPart } from "./stopped-part.tsx";

interface NodePanelProps extends ChainPanelProps {
  readonly node: NodeKey;
}

/** One receipt, or one parent that is not loaded: what it is, its links, its way to what began it. */
export function NodePanel(props: NodePanelProps): ReactNode {
  const { revision, node, causes, onSelect } = props;
  const asked = useQuery(chainQuestion(revision, "node", node));
  if (asked.isError) {
    return (
      <div className="p-4">
        <QueryProblem
          title="This step could not be asked for."
          error={asked.error}
          onRetry={() => void asked.refetch()}
        />
      </div>
    );
  }
  if (asked.data === undefined) {
    return (
      <p role="status" className="p-4 text-13 text-muted">
        Reading the step…
      </p>
    );
  }
  const { facts, parents, children } = asked.data;
  return (
    <div className="flex flex-col gap-3 p-4">
      {facts.row === null ? (
        <MissingHead answer={asked.data} />
      ) : (
        <ReceiptHead revision={revision} row={facts.row} facts={facts} />
      )}
      <NodeActions {...props} facts={facts} />
      {facts.row !== null && <FactList facts={nodeFacts(asked.data)} />}
      {facts.row !== null && facts.decision === "allow" && (
        <p className="text-12 text-muted">{ALLOW_CAVEAT}</p>
      )}
      {causes !== null && causes.lines.length > 1 && (
        <PathList causes={causes} onSelect={onSelect} />
      )}
      {facts.decision === "deny" && (
        <StoppedPart revision={revision} node={node} onSelect={onSelect} />
      )}
      <LinkList
        title="Causes"
        none={facts.row === null ? "Not known: it is not loaded." : "It names no cause."}
        list={parents}
        onSelect={onSelect}
      />
      <LinkList
        title="Consequences"
        none="Nothing that is loaded names it as its cause."
        list={children}
        onSelect={onSelect}
      />
    </div>
  );
}

interface ReceiptHeadProps {
  readonly revision: number;
  readonly row: number;
  readonly facts: NodeFacts;
}

function ReceiptHead({ revision, row, facts }: ReceiptHeadProps): ReactNode {
  const { name, kind } = stepWords(facts);
  const reason = useQuery(receiptPage(revision, [row])).data?.[0]?.reason ?? "";
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <DecisionPill decision={facts.decision} />
        <StatusPill status={facts.integrity} />
        <span className="ml-auto">
          {looksLikeHash(facts.id) ? (
            <HashText value={facts.id} label="Receipt id" />
          ) : (
            <bdi className="font-mono text-12 [overflow-wrap:anywhere]">
              {visibleText(clip(facts.id, 60))}
            </bdi>
          )}
        </span>
      </div>
      <h2 className="pt-2 font-semibold text-16 [overflow-wrap:anywhere]">
        <bdi>{visibleText(clip(name, 160))}</bdi>{" "}
        <span className="font-normal text-14 text-muted">{kind}</span>
      </h2>
      {reason !== "" && (
        <p className="text-13 text-fact [overflow-wrap:anywhere]">
          <bdi>{visibleText(clip(reason, 400))}</bdi>
        </p>
      )}
    </div>
  );
}

function MissingHead({ answer }: { readonly answer: NodeAnswer }): ReactNode {
  return (
    <div>
      <Pill tone="neutral" icon={<MissingIcon />}>
        Not loaded
      </Pill>
      <h2 className="pt-2 font-mono text-14 [overflow-wrap:anywhere]">
        <bdi>{visibleText(clip(answer.facts.id, 300))}</bdi>
      </h2>
      <p className="text-13 text-fact">
        {plural(answer.children.total, "receipt names", "receipts name")} it as a cause. It is in
        none of these files: it may be in another export, or have been left out.
      </p>
    </div>
  );
}
