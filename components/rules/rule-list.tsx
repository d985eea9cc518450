"use client";

import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Card } from "@/components/ui/card.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { Rule } from "@/lib/rules/model.ts";
import type { AlertsState } from "@/lib/session/alerts.ts";
import { ruleSentence, SEVERITY_WORDS, timesWords } from "./rule-words.ts";
import { SeverityMark } from "./severity-mark.tsx";

interface RuleListProps {
  readonly rules: readonly Rule[];
  readonly alerts: AlertsState;
  readonly isLoaded: boolean;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (rule: Rule) => void;
}

/** Every rule with what it last found; a rule that is off is muted, not hidden. */
export function RuleList(props: RuleListProps): ReactNode {
  const { rules, selected, onSelect, onToggle } = props;
  return (
    <Card className="overflow-hidden">
      <ul aria-label="Rules">
        {rules.map((rule) => {
          const isHere = rule.id === selected;
          return (
            <li
              key={rule.id}
              className={classNames(
                "relative flex items-start gap-2 border-hair border-b px-3 py-2 last:border-b-0",
                isHere
                  ? "bg-selected before:absolute before:inset-y-0 before:left-0 before:w-[2px] before:bg-accent"
                  : "hover:bg-bg",
              )}
            >
              <input
                type="checkbox"
                checked={rule.isEnabled}
                onChange={() => onToggle(rule)}
                aria-label={`${visibleText(rule.name)}: on`}
                className="mt-0.5 size-4 shrink-0 cursor-pointer accent-ink max-sm:size-6"
              />
              <button
                type="button"
                aria-current={isHere ? "true" : undefined}
                onClick={() => onSelect(rule.id)}
                className="min-w-0 flex-1 cursor-pointer text-left"
              >
                <span className="flex items-center gap-1.5">
                  <SeverityMark severity={rule.severity} />
                  <span className="min-w-0 flex-1 font-medium text-13 [overflow-wrap:anywhere]">
                    {visibleText(rule.name) || "(no name)"}
                  </span>
                  <span className="text-11 text-fact">{SEVERITY_WORDS[rule.severity]}</span>
                </span>
                <span className="block text-12 text-fact">{ruleSentence(rule)}</span>
                <span className="block text-12 text-fact">{resultWords(rule, props)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {rules.length === 0 ? <p className="p-3 text-13 text-muted">No rules.</p> : null}
    </Card>
  );
}

function resultWords(rule: Rule, { alerts, isLoaded }: RuleListProps): string {
  if (!rule.isEnabled) return "Off";
  if (!isLoaded) return "On. Nothing loaded";
  const result = alerts.fired.get(rule.id);
  if (result === undefined) return alerts.problem === null ? "On. Counting…" : "On. Not evaluated";
  const held = result.held > 0 ? `, ${formatCount(result.held)} held back` : "";
  return result.fired === 0 ? "On. Fired not once" : `On. Fired ${timesWords(result.fired)}${held}`;
}
