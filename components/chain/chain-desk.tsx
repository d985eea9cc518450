"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { NoReceipts } from "@/components/receipts/empty-states.tsx";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { CompactVerdictBar } from "@/components/verify/compact-verdict-bar.tsx";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { useSession } from "@/lib/queries/session.ts";
import { ChainOverviewPart, NoLinks } from "./chain-overview.tsx";
import { ChainWalk } from "./chain-walk.tsx";
import type { Sides } from "./panel/chain-panel.tsx";
import { usePageState } from "./use-page-state.ts";

/** The chains of what is loaded: the overview, or the walk from one receipt. */
export function ChainDesk(): ReactNode {
  const running = useSession(({ phase }) => phase === "running");
  const revision = useSession((state) => state.revision);
  const [state] = usePageState();
  const overview = useQuery({ ...chainQuestion(revision, "overview", null), enabled: !running });
  const { focus } = state;
  // Kept while one looks for the other side in the overview.
  const [sides, setSides] = useState<Sides>({ left: "", right: "" });
  return (
    <div className="flex min-h-full flex-col lg:h-full lg:min-h-0">
      <div className="no-print shrink-0">
        <CompactVerdictBar />
      </div>
      {running ? (
        <Waiting text="Links join receipts of all files: chains are here when every file is read." />
      ) : overview.isError ? (
        <div className="p-[18px]">
          <h1 className="sr-only">Chains</h1>
          <QueryProblem
            title="The links could not be asked for."
            error={overview.error}
            onRetry={() => void overview.refetch()}
          />
        </div>
      ) : overview.data === undefined ? (
        <Waiting text="Reading the links…" />
      ) : overview.data.receipts === 0 ? (
        <>
          <h1 className="sr-only">Chains</h1>
          <NoReceipts
            title="No receipts in these files"
            text="Something was read, but none of it is a receipt."
          />
        </>
      ) : focus !== null ? (
        <ChainWalk revision={revision} focus={focus} sides={sides} onSides={setSides} />
      ) : overview.data.links === 0 ? (
        <NoLinks receipts={overview.data.receipts} />
      ) : (
        <ChainOverviewPart revision={revision} overview={overview.data} />
      )}
    </div>
  );
}

function Waiting({ text }: { readonly text: string }): ReactNode {
  return (
    <>
      <h1 className="sr-only">Chains</h1>
      <p role="status" className="p-6 text-center text-13 text-muted">
        {text}
      </p>
    </>
  );
}
