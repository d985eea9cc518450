"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import type { StepList, WhereItStopped } from "@/lib/chain/answers.ts";
import type { NodeKey } from "@/lib/chain/model.ts";
import { BOUNDARY_WORDS } from "@/lib/display/chain-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { clip } from "@/lib/graph/item-words.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { BoundaryIcon } from "../boundary-icon.tsx";
import { NodeList } from "../node-list.tsx";
import { PanelSection } from "./panel-section.tsx";

/** Steps of each list; the path and the table have the rest. */
const LISTED = 5;

interface StoppedPartProps {
  readonly revision: number;
  readonly node: NodeKey;
  readonly onSelect: (key: string) => void;
}

/** Around a denied step: what ran before, what never ran, which others went on. */
export function StoppedPart({ revision, node, onSelect }: StoppedPartProps): ReactNode {
  const stopped = useQuery(chainQuestion(revision, "stopped", node)).data ?? null;
  if (stopped === null) return null;
  const { before, siblings, after } = stopped;
  return (
    <PanelSection title="Where it stopped">
      <Steps
        title="Ran before"
        none="Nothing that is loaded led to it."
        list={before}
        onSelect={onSelect}
      />
      <NeverRan neverRan={stopped.neverRan} />
      <Steps
        title="Went on beside it"
        none="Its cause had no other consequence."
        list={siblings}
        onSelect={onSelect}
      />
      {after.total > 0 && (
        <Steps
          title="Names it as its cause all the same"
          none=""
          list={after}
          onSelect={onSelect}
        />
      )}
    </PanelSection>
  );
}

interface StepsProps {
  readonly title: string;
  readonly none: string;
  readonly list: StepList;
  readonly onSelect: (key: string) => void;
}

function Steps({ title, none, list, onSelect }: StepsProps): ReactNode {
  const steps = list.steps.slice(0, LISTED);
  const more = list.total - steps.length;
  return (
    <div className="pt-1.5">
      <h4 className="text-12 text-muted">
        {title} <span className="tabular-nums">({formatCount(list.total)})</span>
      </h4>
      {steps.length === 0 ? (
        <p className="text-12 text-fact">{none}</p>
      ) : (
        <NodeList
          label={title}
          steps={steps}
          more={more > 0 ? `and ${formatCount(more)} more` : ""}
          onSelect={onSelect}
        />
      )}
    </div>
  );
}

function NeverRan({ neverRan }: Pick<WhereItStopped, "neverRan">): ReactNode {
  const { alike, steps } = neverRan;
  return (
    <div className="pt-1.5">
      <h4 className="text-12 text-muted">Never ran</h4>
      {alike === 0 ? (
        <p className="text-12 text-fact">
          Can’t tell: no allowed step of this kind is loaded to compare with.
        </p>
      ) : steps.length === 0 ? (
        <p className="text-12 text-fact">
          Nothing more: of {plural(alike, "allowed step")} of this kind, none led on.
        </p>
      ) : (
        <>
          <ul className="flex flex-col">
            {steps.slice(0, LISTED).map((step) => (
              <li
                key={`${step.boundary} ${step.service} ${step.label}`}
                className="flex min-h-7 items-center gap-2 px-1 text-12"
              >
                <BoundaryIcon boundary={step.boundary} />
                <span className="min-w-0 truncate">
                  <bdi className="font-medium text-ink">{visibleText(clip(step.label, 80))}</bdi>{" "}
                  <span className="text-muted">{BOUNDARY_WORDS[step.boundary]}</span>
                </span>
                <span className="ml-auto shrink-0 text-muted tabular-nums">
                  {formatCount(step.count)} of {formatCount(alike)}
                </span>
              </li>
            ))}
          </ul>
          <p className="text-12 text-muted">
            What other allowed steps of this kind led on to, and how many of them.
          </p>
        </>
      )}
    </div>
  );
}
