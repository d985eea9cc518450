"use client";

import { Plus, RotateCcw, Upload } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Card } from "@/components/ui/card.tsx";
import { CompactVerdictBar } from "@/components/verify/compact-verdict-bar.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { useAlerts, useRules } from "@/lib/queries/rules.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { Rule } from "@/lib/rules/model.ts";
import { ruleOfDraft, takeRuleDraft } from "@/lib/session/rule-drafts.ts";
import { currentRules } from "@/lib/session/rule-store.ts";
import { ExportMenu } from "./export-menu.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import { RuleList } from "./rule-list.tsx";
import { timesWords } from "./rule-words.ts";

/** What the editor holds: a saved rule by its id, or a new one that is nowhere else yet. */
type Subject =
  | { readonly kind: "saved"; readonly id: string }
  | { readonly kind: "new"; readonly rule: Rule };

/** The Rules page: what would have raised an alert, and what does. */
export function RulesPage(): ReactNode {
  const rules = useRules();
  const alerts = useAlerts();
  const isLoaded = useSession(({ phase }) => phase === "done" || phase === "stopped");
  const [chosen, setChosen] = useState<Subject | null>(null);
  const [isImporting, setImporting] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const editor = useRef<HTMLDivElement>(null);
  // Where the list stands above the editor, what was chosen would be out of sight.
  const showEditor = () => {
    const box = editor.current;
    if (box !== null && window.matchMedia("(max-width: 1023px)").matches) {
      requestAnimationFrame(() => box.scrollIntoView({ block: "start" }));
    }
  };
  const store = currentRules();

  useEffect(() => {
    const draft = takeRuleDraft();
    if (draft !== null) setChosen({ kind: "new", rule: ruleOfDraft(draft) });
  }, []);

  const subject = chosen ?? firstOf(rules);
  const edited =
    subject === null
      ? null
      : subject.kind === "new"
        ? subject.rule
        : (rules.find(({ id }) => id === subject.id) ?? null);
  const enabled = rules.filter(({ isEnabled }) => isEnabled).length;

  return (
    <div className="flex min-h-full flex-col">
      <CompactVerdictBar />
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 px-[18px] py-2.5 max-sm:px-3">
        <h1 className="font-semibold text-20 tracking-[-0.01em]">Rules</h1>
        <p role="status" className="min-w-0 flex-1 text-13 text-fact">
          {statement(enabled, rules.length, isLoaded, alerts.total)}
          {store.isKept ? "" : " This browser keeps no rules: they last as long as the page."}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <Button onPress={() => setImporting(true)}>
            <Upload aria-hidden size={15} />
            Import
          </Button>
          <ExportMenu
            rules={rules}
            label="Export all"
            isDisabled={rules.length === 0}
            onRefused={setRefused}
          />
          <Button
            variant="primary"
            onPress={() => {
              setChosen({ kind: "new", rule: ruleOfDraft({}) });
              showEditor();
            }}
          >
            <Plus aria-hidden size={15} />
            New rule
          </Button>
        </div>
      </header>
      <ul role="status" className="px-[18px] text-13 text-fact empty:hidden max-sm:px-3">
        {refused.map((sentence) => (
          <li key={sentence} className="pb-1 [overflow-wrap:anywhere]">
            {sentence}
          </li>
        ))}
      </ul>
      <div className="grid flex-1 items-start gap-3 px-[18px] pb-[18px] max-sm:px-3 lg:grid-cols-[320px_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-2">
          <RuleList
            rules={rules}
            alerts={alerts}
            isLoaded={isLoaded}
            selected={subject?.kind === "saved" ? subject.id : null}
            onSelect={(id) => {
              setChosen({ kind: "saved", id });
              showEditor();
            }}
            onToggle={(rule) => store.save({ ...rule, isEnabled: !rule.isEnabled })}
          />
          {alerts.problem === null ? null : (
            <p role="alert" className="text-13 text-fact">
              The rules could not be evaluated: {alerts.problem}
            </p>
          )}
          <Button
            variant="quiet"
            className="self-start"
            onPress={() => {
              store.reset();
              setChosen(null);
            }}
          >
            <RotateCcw aria-hidden size={14} />
            Back to the starter rules
          </Button>
        </div>
        <div ref={editor} className="min-w-0">
          {edited === null || subject === null ? (
            <Card className="p-6 text-13 text-fact">
              Choose a rule, or make one. Rules stay in this browser.
            </Card>
          ) : (
            <RuleEditor
              key={`${subject.kind} ${edited.id}`}
              rule={edited}
              isNew={subject.kind === "new"}
              onSave={(rule) => {
                const isNew = subject.kind === "new";
                // A rule that someone has just made is meant to be on.
                if (store.save(isNew ? { ...rule, isEnabled: true } : rule)) {
                  setChosen({ kind: "saved", id: rule.id });
                }
              }}
              onCopy={(rule) =>
                setChosen({
                  kind: "new",
                  rule: { ...rule, id: crypto.randomUUID(), name: `${rule.name} (copy)` },
                })
              }
              onRemove={() => {
                if (subject.kind === "saved") store.remove(subject.id);
                setChosen(null);
              }}
            />
          )}
        </div>
      </div>
      <ImportDialog
        isOpen={isImporting}
        onClose={() => setImporting(false)}
        onImport={(given) => store.add(given)}
      />
    </div>
  );
}

function firstOf([first]: readonly Rule[]): Subject | null {
  return first === undefined ? null : { kind: "saved", id: first.id };
}

function statement(enabled: number, all: number, isLoaded: boolean, fired: number): string {
  if (enabled === 0) return `${plural(all, "rule")}, all off.`;
  const on = `${formatCount(enabled)} of ${plural(all, "rule")} on.`;
  return isLoaded
    ? `${on} Fired ${timesWords(fired)} on the loaded data.`
    : `${on} Nothing loaded.`;
}
