"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { groupWords, heldWords, measureWords } from "@/components/rules/rule-words.ts";
import { SeverityMark } from "@/components/rules/severity-mark.tsx";
import { Card, CardTitle } from "@/components/ui/card.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatTime } from "@/lib/display/time.ts";
import { ALERT_ROWS } from "@/lib/live/live-state.ts";
import type { LiveAlert } from "@/lib/live/model.ts";
import { useRules } from "@/lib/queries/rules.ts";
import type { Rule } from "@/lib/rules/model.ts";
import { LiveAlertDialog } from "./live-alert-dialog.tsx";
import { useLive } from "./use-live.ts";

/** What fired while it arrived, newest first. */
export function LiveAlerts(): ReactNode {
  const alerts = useLive((state) => state.alerts);
  const all = useLive(({ counts }) => counts.alerts);
  const rules = useRules();
  const [opened, setOpened] = useState<LiveAlert | null>(null);
  const isAnyOn = rules.some(({ isEnabled }) => isEnabled);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return (
    <Card className="flex min-h-0 flex-col overflow-hidden">
      <CardTitle
        title="Alerts"
        note={
          all > ALERT_ROWS
            ? `the last ${formatCount(ALERT_ROWS)} of ${formatCount(all)}`
            : undefined
        }
        className="border-hair border-b px-3 py-2"
      />
      {alerts.length === 0 ? (
        <p className="p-3 text-13 text-fact">
          {isAnyOn ? "Nothing has fired. " : "No rule is on. "}
          <Link href="/rules" className="text-accent underline underline-offset-2">
            Rules
          </Link>
        </p>
      ) : (
        <ol aria-label="Alerts" className="min-h-0 flex-1 overflow-y-auto max-lg:max-h-[40vh]">
          {alerts.map((each) => (
            <li key={each.number} className="border-hair border-b last:border-b-0">
              <button
                type="button"
                onClick={() => setOpened(each)}
                className="grid w-full cursor-pointer grid-cols-[16px_minmax(0,1fr)_auto] items-start gap-x-2 px-3 py-2 text-left text-12 hover:bg-bg"
              >
                <span className="pt-0.5">
                  <SeverityMark severity={each.alert.severity} />
                </span>
                <span className="min-w-0">
                  <span className="block font-medium text-13 [overflow-wrap:anywhere]">
                    {visibleText(each.name)}
                  </span>
                  <span className="block text-fact [overflow-wrap:anywhere]">
                    {formatTime(each.alert.at)} UTC, {reached(each, byId.get(each.alert.rule))}
                  </span>
                  <span className="block text-fact [overflow-wrap:anywhere]">
                    {visibleText(groupWords(each.alert.group))}
                  </span>
                  {each.alert.held > 0 ? (
                    <span className="block text-muted">{heldWords(each.alert)}</span>
                  ) : null}
                </span>
                <ChevronRight aria-hidden size={14} className="mt-1 text-muted" />
              </button>
            </li>
          ))}
        </ol>
      )}
      <LiveAlertDialog opened={opened} onClose={() => setOpened(null)} />
    </Card>
  );
}

function reached({ alert }: LiveAlert, rule: Rule | undefined): string {
  return rule === undefined
    ? plural(alert.events, "decision")
    : measureWords(rule.measure, alert.measure);
}
