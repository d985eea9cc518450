"use client";

import { type ReactNode, useId } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { DecisionPill } from "@/components/seal/marks.tsx";
import { Button } from "@/components/ui/button.tsx";
import { CodeTag } from "@/components/ui/code-tag.tsx";
import { HashText } from "@/components/ui/hash-text.tsx";
import type { Decision } from "@/lib/display/status.ts";
import { currentDesk } from "@/lib/playground/current-desk.ts";
import type { ServerAnswer } from "@/lib/playground/send-to-server.ts";
import { DemoTag } from "./demo-tag.tsx";
import { useDesk } from "./use-desk.ts";

/** The only part of the page that makes a request, and only when it is pressed. */
export function ServerCard(): ReactNode {
  const server = useDesk((state) => state.server);
  const draft = useDesk((state) => state.draft);
  const title = useId();
  const isJudged = useDesk((state) => state.outcome?.kind === "judged");
  const asking = server.kind === "asking";
  return (
    <section aria-labelledby={title} className="border-hair border-t p-3.5 pt-3">
      <h3 id={title} className="font-semibold text-13">
        Send to server
      </h3>
      <p className="text-12 text-muted">
        The server that this page came from judges at its own clock. A dry run takes the policy here
        and keeps nothing; live, its own policy judges and the receipt is kept.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button isDisabled={asking || !isJudged} onPress={() => void currentDesk().send("dry-run")}>
          Dry run
        </Button>
        <Button isDisabled={asking || !isJudged} onPress={() => void currentDesk().send("live")}>
          Live
        </Button>
      </div>
      <div aria-live="polite" className="text-12">
        {asking ? <p className="pt-2 text-muted">Asking the server…</p> : null}
        {server.kind === "answered" ? (
          <Answer
            answer={server.answer}
            live={server.mode === "live"}
            older={server.draft !== draft}
          />
        ) : null}
      </div>
    </section>
  );
}

interface AnswerProps {
  readonly answer: ServerAnswer;
  readonly live: boolean;
  readonly older: boolean;
}

function Answer({ answer, live, older }: AnswerProps): ReactNode {
  return (
    <div className="mt-2 rounded-card border border-border p-2.5">
      {answer.kind === "error" ? (
        <p className="flex flex-wrap items-baseline gap-2">
          <CodeTag code={visibleText(answer.code)} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{visibleText(answer.message)}</span>
        </p>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <DecisionPill decision={decisionOf(answer.verdict)} />
            {live ? <span className="text-muted">live, kept</span> : <DemoTag />}
            {answer.receiptId === "" ? null : (
              <span className="ml-auto">
                <HashText value={answer.receiptId} label="Receipt of the server" />
              </span>
            )}
          </div>
          {answer.reason === "" ? null : (
            <p className="pt-1 text-fact [overflow-wrap:anywhere]">
              {answer.guard === "" ? "" : `${visibleText(answer.guard)}: `}
              {visibleText(answer.reason)}
            </p>
          )}
        </>
      )}
      {older ? <p className="pt-1 text-muted">About the texts as they were then.</p> : null}
    </div>
  );
}

function decisionOf(verdict: string): Decision {
  switch (verdict) {
    case "allow":
    case "deny":
    case "incomplete":
      return verdict;
    case "cancel":
    case "cancelled":
      return "cancelled";
    default:
      return "none";
  }
}
