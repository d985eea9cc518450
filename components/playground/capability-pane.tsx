"use client";

import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import type { JudgedOutcome } from "@/lib/playground/model.ts";
import { CodeEditor } from "./editor/code-editor.tsx";
import { GrantsTable } from "./grants-table.tsx";
import { decidingLineOf, problemAt } from "./outcome-parts.ts";
import { Pane } from "./pane.tsx";
import { SigningState } from "./signing-state.tsx";
import { useDesk } from "./use-desk.ts";

/** Left: the token as it is presented, and which of its grants fits. */
export function CapabilityPane(): ReactNode {
  const text = useDesk((state) => state.draft.capability);
  const placed = useDesk((state) => state.placed);
  const outcome = useDesk((state) => state.outcome);
  const judged = outcome?.kind === "judged" ? outcome : null;
  return (
    <Pane
      title="Capability"
      {...(judged?.capability ? { note: visibleText(judged.capability.id) } : {})}
      aside={<SigningState signing={judged?.signing ?? null} />}
    >
      <CodeEditor
        label="Capability token, JSON"
        text={text}
        placed={placed}
        onChange={(capability) => currentDesk().edit({ capability })}
        decidingLine={decidingLineOf(outcome, "capability")}
        problemAt={problemAt(outcome, "capability")}
        className="max-h-[460px] min-h-[120px] overflow-hidden"
      />
      {judged === null ? null : (
        <div className="flex flex-1 flex-col border-hair border-t p-3.5 pt-2.5">
          <GrantsTable outcome={judged} />
          <p className="mt-auto pt-4 text-12 text-muted">
            <Dates outcome={judged} />
          </p>
        </div>
      )}
    </Pane>
  );
}

function Dates({ outcome }: { readonly outcome: JudgedOutcome }): ReactNode {
  const { capability, denial } = outcome;
  if (capability === null) return null;
  const outside =
    denial?.code === "expired" || denial?.code === "not-yet-valid"
      ? "Outside its dates"
      : "Inside its dates";
  const from = formatDateTime(Number(capability.issuedAt)).slice(0, 16);
  const until = formatDateTime(Number(capability.expiresAt)).slice(0, 16);
  return (
    <>
      {outside}: {from} to {until} UTC. {issuerWords(outcome)}
    </>
  );
}

function issuerWords({ signing }: JudgedOutcome): string {
  switch (signing.kind) {
    case "none":
      return "";
    case "demo":
      return "The issuer is this page’s throw-away key.";
    case "own":
      switch (signing.issuer) {
        case "pinned":
          return "Issuer pinned.";
        case "not-pinned":
          return "Issuer not pinned.";
        case "assumed":
          return "Issuer not pinned: taken as trusted here.";
      }
  }
}
