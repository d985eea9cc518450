import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { plural } from "@/lib/display/numbers.ts";
import { formatDateTime } from "@/lib/display/time.ts";
import type { Alert, Rule } from "@/lib/rules/model.ts";
import { groupWords, heldWords, measureWords } from "./rule-words.ts";

interface AlertListProps {
  readonly rule: Rule;
  readonly alerts: readonly Alert[];
  readonly onOpen: (alert: Alert) => void;
}

/** Alerts that are drawn before someone asks for more: a thousand at once are felt. */
const STEP = 50;

/** When it would have fired, by time, with the repeats that were held back. */
export function AlertList({ rule, alerts, onOpen }: AlertListProps): ReactNode {
  const [shown, setShown] = useState(STEP);
  if (alerts.length === 0) return null;
  const more = alerts.length - shown;
  return (
    <>
      <ol aria-label="Alerts" className="mt-2 border-hair border-t">
        {alerts.slice(0, shown).map((alert, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: two groups may fire in one second; the list is an answer as a whole.
            key={index}
            className="border-hair border-b"
          >
            <button
              type="button"
              onClick={() => onOpen(alert)}
              className="grid w-full cursor-pointer grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 py-1.5 text-left hover:bg-sunken"
            >
              <span className="min-w-0">
                <span className="flex flex-wrap gap-x-2 text-13">
                  <span className="tabular-nums">{formatDateTime(alert.at)} UTC</span>
                  <span className="font-medium">{measureWords(rule.measure, alert.measure)}</span>
                </span>
                <span className="block text-12 text-fact [overflow-wrap:anywhere]">
                  {visibleText(groupWords(alert.group))}
                </span>
                {alert.held > 0 ? (
                  <span className="block text-12 text-muted">{heldWords(alert)}</span>
                ) : null}
              </span>
              <ChevronRight aria-hidden size={15} className="shrink-0 text-muted" />
            </button>
          </li>
        ))}
      </ol>
      {more > 0 ? (
        <Button variant="quiet" onPress={() => setShown(shown + STEP)}>
          Show {plural(Math.min(more, STEP), "more alert", "more alerts")}
        </Button>
      ) : null}
    </>
  );
}
