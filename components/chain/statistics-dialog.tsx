"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Modal } from "@/components/ui/modal.tsx";
import type { ChainStatistics } from "@/lib/chain/answers.ts";
import type { NodeFacts } from "@/lib/chain/model.ts";
import {
  ALLOW_CAVEAT,
  costWords,
  laterWords,
  STRENGTH_MEANINGS,
  STRENGTH_WORDS,
  spanWords,
  stepWords,
} from "@/lib/display/chain-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { clip } from "@/lib/graph/item-words.ts";
import type { WalkRequest } from "@/lib/graph/questions.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";

interface StatisticsDialogProps {
  readonly revision: number;
  readonly walk: WalkRequest;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSelect: (key: string) => void;
}

/** The whole walk in numbers, drawn or not. */
export function StatisticsDialog(props: StatisticsDialogProps): ReactNode {
  const { revision, walk, isOpen, onClose, onSelect } = props;
  const asked = useQuery({ ...chainQuestion(revision, "statistics", walk), enabled: isOpen });
  const choose = (facts: NodeFacts): void => {
    onClose();
    onSelect(facts.key);
  };
  return (
    <Modal title="Statistics of this walk" isOpen={isOpen} onClose={onClose}>
      {asked.isError ? (
        <QueryProblem
          title="The statistics could not be asked for."
          error={asked.error}
          onRetry={() => void asked.refetch()}
        />
      ) : asked.data === undefined ? (
        <p role="status" className="text-13 text-muted">
          Counting…
        </p>
      ) : (
        <Figures statistics={asked.data} onChoose={choose} />
      )}
    </Modal>
  );
}

interface FiguresProps {
  readonly statistics: ChainStatistics;
  readonly onChoose: (facts: NodeFacts) => void;
}

/** Names of services that are spelled out. */
const NAMED = 8;

function Figures({ statistics, onChoose }: FiguresProps): ReactNode {
  const { fanOut, slowest, settlement, strengths, services } = statistics;
  return (
    <>
      <dl className="text-13">
        <Figure label="Depth">{plural(statistics.depth, "step")} one after the other</Figure>
        <Figure label="Fan-out">
          {fanOut.at === null || fanOut.most === 0 ? (
            "No step has a consequence."
          ) : (
            <>
              {plural(fanOut.most, "consequence")} of <Step facts={fanOut.at} onChoose={onChoose} />
            </>
          )}
        </Figure>
        <Figure label="Begins and ends">
          {plural(statistics.roots, "root")}, {plural(statistics.leaves, "leaf", "leaves")}
        </Figure>
        <Figure label="Span">
          {statistics.span === null
            ? "Can’t tell: no step says its time."
            : spanWords(statistics.span)}
        </Figure>
        <Figure label="Services">
          {serviceWords(services)}
          {`; ${plural(statistics.crossings, "link crosses", "links cross")} between them`}
        </Figure>
        <Figure label="Slowest hop">
          {slowest === null ? (
            "Can’t tell: no link joins two steps with a time."
          ) : (
            <>
              <Step facts={slowest.to} onChoose={onChoose} />, {laterWords(slowest.seconds)},{" "}
              <Step facts={slowest.from} onChoose={onChoose} />
            </>
          )}
        </Figure>
        <Figure label="Cost of the walk">{costs(statistics.cost)}</Figure>
        <Figure label="Cost along the path">{costs(statistics.costOfPath)}</Figure>
        <Figure label="Settled">
          {formatCount(settlement.confirmed)} confirmed, {formatCount(settlement["rolled-back"])}{" "}
          rolled back, {formatCount(settlement.unknown)} not known
        </Figure>
        {(["verified", "observed", "asserted"] as const).map((strength) => (
          <Figure key={strength} label={`Links, ${STRENGTH_WORDS[strength]}`}>
            {formatCount(strengths[strength])}{" "}
            <span className="text-muted">{STRENGTH_MEANINGS[strength]}</span>
          </Figure>
        ))}
      </dl>
      <p className="pt-2 text-12 text-muted">{ALLOW_CAVEAT}</p>
    </>
  );
}

/** `2: order, payment`; names are a log's. */
function serviceWords(services: readonly string[]): string {
  if (services.length === 0) return "None is named";
  const named = services.slice(0, NAMED).map((name) => visibleText(clip(name, 60)));
  const more = services.length - named.length;
  const rest = more > 0 ? ` and ${formatCount(more)} more` : "";
  return `${formatCount(services.length)}: ${named.join(", ")}${rest}`;
}

function costs(sums: ChainStatistics["cost"]): string {
  return sums.length === 0 ? "No step names a cost." : sums.map(costWords).join(", ");
}

function Figure({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div className="flex gap-4 border-hair border-b py-1.5 max-sm:flex-col max-sm:gap-0">
      <dt className="w-36 shrink-0 text-muted">{label}</dt>
      <dd className="min-w-0 text-ink [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}

interface StepProps {
  readonly facts: NodeFacts;
  readonly onChoose: (facts: NodeFacts) => void;
}

function Step({ facts, onChoose }: StepProps): ReactNode {
  const { name, kind } = stepWords(facts);
  return (
    <button
      type="button"
      onClick={() => onChoose(facts)}
      className="cursor-pointer text-accent underline underline-offset-2"
    >
      <bdi>{visibleText(clip(name, 60))}</bdi> {kind}
    </button>
  );
}
