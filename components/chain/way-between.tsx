"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { NodeKey } from "@/lib/chain/model.ts";
import { plural } from "@/lib/display/numbers.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { NodeButton } from "./node-list.tsx";

/** Steps that are listed of a long way. */
const LISTED = 200;

interface WayBetweenProps {
  readonly revision: number;
  readonly from: NodeKey;
  readonly to: NodeKey;
  readonly onSelect: (key: NodeKey) => void;
}

/** The shortest way from one step to another along links, whichever way they point. */
export function WayBetween({ revision, from, to, onSelect }: WayBetweenProps): ReactNode {
  const asked = useQuery(chainQuestion(revision, "between", { from, to }));
  if (asked.data === undefined) return null;
  const steps = asked.data?.steps ?? [];
  return (
    <section aria-label="Way between them" className="pt-4">
      <h3 className="font-semibold text-13">
        {asked.data === null
          ? "No links lead from the one to the other"
          : `${plural(Math.max(steps.length - 1, 0), "link")} between them`}
      </h3>
      <ol className="mt-1">
        {steps.slice(0, LISTED).map(({ facts, by }) => (
          <li key={facts.key}>
            <NodeButton facts={facts} onSelect={onSelect}>
              {by !== null && (
                <span className="shrink-0 text-11 text-muted">
                  {by === "caused"
                    ? "brought about by the one above"
                    : "brought the one above about"}
                </span>
              )}
            </NodeButton>
          </li>
        ))}
      </ol>
      {steps.length > LISTED && (
        <p className="text-12 text-muted">and {plural(steps.length - LISTED, "more step")}</p>
      )}
    </section>
  );
}
