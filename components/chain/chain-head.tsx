"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import type { NodeKey } from "@/lib/chain/model.ts";
import { stepWords } from "@/lib/display/chain-words.ts";
import { clip } from "@/lib/graph/item-words.ts";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { NodeIcon } from "./boundary-icon.tsx";

const LONGEST_ID = 40;

interface ChainHeadProps {
  readonly revision: number;
  readonly focus: NodeKey;
  /** The walk in numbers. */
  readonly children: ReactNode;
}

/** Where one is: all chains, then the node that is walked from. */
export function ChainHead({ revision, focus, children }: ChainHeadProps): ReactNode {
  const facts = useQuery(chainQuestion(revision, "node", focus)).data?.facts ?? null;
  const words = facts === null ? null : stepWords(facts);
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-border border-b bg-surface px-[18px] py-1.5 max-sm:px-3">
      <div className="flex min-w-0 flex-1 items-center gap-2 text-14 max-sm:basis-full">
        <Link href="/graph" className="shrink-0 text-accent underline-offset-2 hover:underline">
          Chains
        </Link>
        <span aria-hidden="true" className="text-muted">
          /
        </span>
        {facts !== null && <NodeIcon facts={facts} />}
        <h1 className="min-w-0 truncate font-semibold">
          <bdi>{words === null ? "Chain" : visibleText(clip(words.name, 80))}</bdi>{" "}
          <span className="font-normal text-muted">{words?.kind}</span>
        </h1>
        {facts !== null && facts.row !== null && (
          <bdi className="truncate font-mono text-12 text-muted max-sm:hidden">
            {visibleText(clip(facts.id, LONGEST_ID))}
          </bdi>
        )}
      </div>
      {children}
    </header>
  );
}
