"use client";

import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { CardTitle } from "@/components/ui/card.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { Alert, Rule, RulePreview } from "@/lib/rules/model.ts";
import { AlertDialog } from "./alert-dialog.tsx";
import { AlertList } from "./alert-list.tsx";
import { notCountedWords, timesWords } from "./rule-words.ts";
import type { PreviewState } from "./use-rule-preview.ts";

interface PreviewPanelProps {
  readonly rule: Rule;
  readonly state: PreviewState;
  readonly onChange: (change: Partial<Rule>) => void;
}

/** What the rule would have done on the loaded data. */
export function PreviewPanel({ rule, state, onChange }: PreviewPanelProps): ReactNode {
  const [opened, setOpened] = useState<Alert | null>(null);
  const { preview, problem, isLoaded } = state;
  return (
    <section aria-labelledby="rule-preview" className="flex min-w-0 flex-col gap-2">
      <CardTitle title="On the loaded data" id="rule-preview" />
      {isLoaded ? null : <NothingLoaded />}
      {problem === null ? null : (
        <p role="alert" className="text-13 text-fact">
          The preview could not be made: {problem}
        </p>
      )}
      {preview === null ? (
        isLoaded && problem === null ? (
          <p className="text-13 text-muted">Counting…</p>
        ) : null
      ) : (
        <div aria-busy={state.isBehind} className={state.isBehind ? "opacity-70" : ""}>
          <Outcome preview={preview} />
          <Counted rule={rule} preview={preview} onChange={onChange} />
          <AlertList rule={rule} alerts={preview.alerts} onOpen={setOpened} />
          {preview.fired > preview.alerts.length ? (
            <p className="pt-1 text-12 text-muted">
              The first {formatCount(preview.alerts.length)} of {formatCount(preview.fired)} are
              listed.
            </p>
          ) : null}
        </div>
      )}
      <AlertDialog rule={rule} alert={opened} onClose={() => setOpened(null)} />
    </section>
  );
}

function NothingLoaded(): ReactNode {
  return (
    <p className="text-13 text-fact">
      Nothing is loaded, so there is nothing to try it on.{" "}
      <Link href="/" className="text-accent underline underline-offset-2">
        Open files
      </Link>
    </p>
  );
}

function Outcome({ preview }: { readonly preview: RulePreview }): ReactNode {
  const { fired, held, events, groups } = preview;
  return (
    <div role="status">
      <p className="text-16">
        Would have fired <strong className="font-semibold">{timesWords(fired)}</strong>
        {held > 0 ? `, ${formatCount(held)} more held back` : ""}
      </p>
      <p className="text-12 text-muted">
        {plural(events, "denial")} counted in {plural(groups, "group")}
      </p>
    </div>
  );
}

interface CountedProps {
  readonly rule: Rule;
  readonly preview: RulePreview;
  readonly onChange: (change: Partial<Rule>) => void;
}

/** What was set aside, and why; without a pinned key nothing is verified, which is said before anything else. */
function Counted({ rule, preview, onChange }: CountedProps): ReactNode {
  const hasKey = useSession(({ trust }) => trust.pinned.length > 0);
  const words = notCountedWords(preview.notCounted);
  if (rule.evidence === "verified" && !hasKey) {
    return (
      <div className="my-2 flex flex-wrap items-center gap-2 rounded-card bg-unchecked-tint px-3 py-2 text-13">
        <span className="min-w-0 flex-1">
          No key is pinned, so no denial is verified{words === null ? "." : `. ${words}.`}
        </span>
        <Button onPress={() => onChange({ evidence: "signed" })}>Count self-consistent ones</Button>
      </div>
    );
  }
  return words === null ? null : (
    <p className="my-1 text-13 text-fact">
      {words}.
      {preview.notCounted.claims > 0
        ? " Claims are set aside: anyone who may write to the topic can make one."
        : ""}
    </p>
  );
}
