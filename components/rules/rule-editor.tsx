"use client";

import { CodeXml, Copy, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Card } from "@/components/ui/card.tsx";
import { type Rule, SEVERITIES } from "@/lib/rules/model.ts";
import { ConditionsField } from "./conditions-field.tsx";
import { EvidenceField } from "./evidence-field.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { fieldStyle } from "./field-style.ts";
import { FieldsChoice } from "./fields-choice.tsx";
import { Labelled } from "./labelled.tsx";
import { LengthField } from "./length-field.tsx";
import { MeasureField } from "./measure-field.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { problemsOf } from "./rule-problems.ts";
import { RuleSqlDialog } from "./rule-sql-dialog.tsx";
import { ruleSentence, SEVERITY_WORDS } from "./rule-words.ts";
import { ThresholdField } from "./threshold-field.tsx";
import { useRulePreview } from "./use-rule-preview.ts";

interface RuleEditorProps {
  readonly rule: Rule;
  /** Whether the rule is not among the saved ones yet. */
  readonly isNew: boolean;
  readonly onSave: (rule: Rule) => void;
  readonly onCopy: (rule: Rule) => void;
  readonly onRemove: () => void;
}

const LONGEST_NAME = 200;
const LONGEST_DESCRIPTION = 2_000;

/** One rule: what is counted at the left, what that would have meant at the right. */
export function RuleEditor({ rule: saved, isNew, onSave, onCopy, onRemove }: RuleEditorProps) {
  const [rule, setRule] = useState(saved);
  const [isSqlOpen, setSqlOpen] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const ids = {
    name: useId(),
    severity: useId(),
    window: useId(),
    cooldown: useId(),
    about: useId(),
  };
  const change = (part: Partial<Rule>) => setRule((before) => ({ ...before, ...part }));
  const problems = problemsOf(rule);
  const state = useRulePreview(rule, problems.length === 0);
  const isChanged =
    isNew || JSON.stringify({ ...rule, isEnabled: saved.isEnabled }) !== JSON.stringify(saved);
  return (
    <Card>
      <form
        aria-label="Rule"
        onSubmit={(event) => {
          event.preventDefault();
          if (problems.length === 0) onSave({ ...rule, isEnabled: saved.isEnabled });
        }}
        className="grid xl:grid-cols-[minmax(0,1fr)_minmax(320px,0.8fr)]"
      >
        <div className="flex min-w-0 flex-col gap-3 p-3.5">
          <Labelled label="Name" htmlFor={ids.name} note={`${ruleSentence(rule)}.`}>
            <input
              id={ids.name}
              value={rule.name}
              maxLength={LONGEST_NAME}
              autoComplete="off"
              onChange={(event) => change({ name: event.target.value })}
              className={fieldStyle("w-full font-medium")}
            />
          </Labelled>
          <Labelled label="Severity" htmlFor={ids.severity}>
            <select
              id={ids.severity}
              value={rule.severity}
              onChange={({ target }) =>
                change({ severity: SEVERITIES.find((each) => each === target.value) ?? "medium" })
              }
              className={fieldStyle()}
            >
              {SEVERITIES.map((severity) => (
                <option key={severity} value={severity}>
                  {SEVERITY_WORDS[severity]}
                </option>
              ))}
            </select>
          </Labelled>
          <Labelled label="Where">
            <ConditionsField
              conditions={rule.conditions}
              onChange={(conditions) => change({ conditions })}
            />
          </Labelled>
          <Labelled
            label="Counted per"
            note={rule.groupBy.length === 0 ? "All denials are counted together." : undefined}
          >
            <FieldsChoice
              legend="Counted per"
              chosen={rule.groupBy}
              onChange={(groupBy) => change({ groupBy })}
            />
          </Labelled>
          <Labelled label="Measure">
            <MeasureField rule={rule} onChange={change} />
          </Labelled>
          <Labelled label="Threshold">
            <ThresholdField
              rule={rule}
              preview={state.preview}
              onChange={(threshold) => change({ threshold })}
            />
          </Labelled>
          <Labelled
            label="Window"
            htmlFor={ids.window}
            note="It slides: it is not cut at the clock."
          >
            <LengthField
              id={ids.window}
              label="window"
              seconds={rule.windowSeconds}
              least={1}
              onChange={(windowSeconds) => change({ windowSeconds })}
            />
          </Labelled>
          <Labelled
            label="Cooldown"
            htmlFor={ids.cooldown}
            note="Repeats of a group are held back that long, and counted."
          >
            <LengthField
              id={ids.cooldown}
              label="cooldown"
              seconds={rule.cooldownSeconds}
              least={0}
              onChange={(cooldownSeconds) => change({ cooldownSeconds })}
            />
          </Labelled>
          <Labelled label="Evidence">
            <EvidenceField evidence={rule.evidence} onChange={(evidence) => change({ evidence })} />
          </Labelled>
          <Labelled label="Note" htmlFor={ids.about}>
            <textarea
              id={ids.about}
              value={rule.description}
              maxLength={LONGEST_DESCRIPTION}
              rows={2}
              onChange={(event) => change({ description: event.target.value })}
              className={fieldStyle("h-auto! w-full py-1")}
            />
          </Labelled>
        </div>
        <div className="min-w-0 border-hair p-3.5 max-xl:border-t xl:border-l">
          <PreviewPanel rule={rule} state={state} onChange={change} />
        </div>
        <div className="flex flex-wrap items-center gap-2 border-hair border-t p-3.5 xl:col-span-2">
          <Button type="submit" variant="primary" isDisabled={!isChanged || problems.length > 0}>
            {isNew ? "Save rule" : "Save changes"}
          </Button>
          {isChanged && !isNew ? (
            <Button onPress={() => setRule(saved)}>Discard changes</Button>
          ) : null}
          <p role="status" className="min-w-0 flex-1 text-13 text-fact [overflow-wrap:anywhere]">
            {problems[0] ?? refused[0] ?? (isChanged ? "Not saved yet." : "")}
          </p>
          <Button variant="quiet" onPress={() => setSqlOpen(true)}>
            <CodeXml aria-hidden size={15} />
            Show SQL
          </Button>
          <ExportMenu
            rules={[rule]}
            label="Export this rule"
            isDisabled={problems.length > 0}
            onRefused={setRefused}
          />
          {isNew ? null : (
            <Button variant="quiet" onPress={() => onCopy(rule)}>
              <Copy aria-hidden size={15} />
              Copy
            </Button>
          )}
          <Button variant="quiet" onPress={onRemove}>
            <Trash2 aria-hidden size={15} />
            {isNew ? "Discard" : "Remove"}
          </Button>
        </div>
      </form>
      <RuleSqlDialog rule={rule} isOpen={isSqlOpen} onClose={() => setSqlOpen(false)} />
    </Card>
  );
}
