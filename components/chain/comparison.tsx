"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { visibleText } from "@/components/receipts/visible-text.ts";
import type { ComparedStep } from "@/lib/chain/answers.ts";
import type { NodeFacts, NodeKey } from "@/lib/chain/model.ts";
import { comparedWords, comparisonWords, differenceWords } from "@/lib/display/chain-words.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import { clip } from "@/lib/graph/item-words.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { NodeLine } from "./node-line.tsx";

const MOST_INDENTED = 8;
const STEP = 12;

interface ComparisonProps {
  readonly revision: number;
  readonly left: NodeKey;
  readonly right: NodeKey;
  readonly onSelect: (key: NodeKey) => void;
}

/** Steps that one has and the other has not, and steps that differ; what is the same is counted. */
export function Comparison({ revision, left, right, onSelect }: ComparisonProps): ReactNode {
  const asked = useQuery(chainQuestion(revision, "compare", { left, right }));
  if (asked.isError) {
    return (
      <QueryProblem
        title="The chains could not be compared."
        error={asked.error}
        onRetry={() => void asked.refetch()}
      />
    );
  }
  if (asked.data === undefined) {
    return (
      <p role="status" className="pt-3 text-13 text-muted">
        Comparing…
      </p>
    );
  }
  const { steps, more } = asked.data;
  const differing = steps.filter(({ kind }) => kind !== "same");
  return (
    <section aria-label="Steps that differ" className="pt-3">
      <p role="status" className="font-semibold text-13">
        {comparisonWords(asked.data)}
      </p>
      <ul className="mt-1 divide-y divide-hair border-hair border-y empty:hidden">
        {differing.map((step, at) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a comparison is its order; steps never move.
            key={at}
            style={{ paddingLeft: Math.min(step.level, MOST_INDENTED) * STEP }}
          >
            <Compared step={step} onSelect={onSelect} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="pt-1 text-12 text-muted">and {formatCount(more)} more that are not listed</p>
      )}
    </section>
  );
}

interface ComparedProps {
  readonly step: ComparedStep;
  readonly onSelect: (key: NodeKey) => void;
}

function Compared({ step, onSelect }: ComparedProps): ReactNode {
  const facts = step.right ?? step.left;
  if (facts === null) return null;
  return (
    <button
      type="button"
      onClick={() => onSelect(facts.key)}
      className="flex w-full cursor-pointer flex-col gap-0.5 rounded-control px-1 py-1 text-left text-12 hover:bg-sunken"
    >
      <span className="flex w-full items-center gap-2">
        <span className="w-16 shrink-0 font-medium text-fact">{comparedWords(step.kind)}</span>
        <NodeLine facts={facts} />
      </span>
      {step.left !== null &&
        step.right !== null &&
        step.differs.map((member) => (
          <Difference key={member} member={member} left={step.left} right={step.right} />
        ))}
    </button>
  );
}

interface DifferenceProps {
  readonly member: string;
  readonly left: NodeFacts | null;
  readonly right: NodeFacts | null;
}

function Difference({ member, left, right }: DifferenceProps): ReactNode {
  if (left === null || right === null) return null;
  return (
    <span className="pl-[72px] text-fact [overflow-wrap:anywhere]">
      <span className="text-muted">{member}:</span>{" "}
      <bdi>{visibleText(clip(differenceWords(left, member), 120))}</bdi> →{" "}
      <bdi>{visibleText(clip(differenceWords(right, member), 120))}</bdi>
    </span>
  );
}
