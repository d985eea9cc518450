"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";
import { Segmented } from "@/components/chain/segmented.tsx";
import { Button } from "@/components/ui/button.tsx";
import { lengthWords } from "@/lib/display/denial-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { ruleQuestion } from "@/lib/queries/rules.ts";
import type { Alert, Rule } from "@/lib/rules/model.ts";
import { draftRule } from "@/lib/session/rule-drafts.ts";
import { logWords } from "../log-words.ts";
import { ValueButton } from "../value-button.tsx";
import { ViewFrame, type ViewProps } from "./view-frame.tsx";
import { type ViewColumn, ViewTable } from "./view-table.tsx";
import { When } from "./when.tsx";

const WINDOWS = ["10", "60", "600", "3600"] as const;
const WINDOW_WORDS = { "10": "10 s", "60": "1 min", "600": "10 min", "3600": "1 h" } as const;
const LEAST = ["5", "20", "100", "1000"] as const;
const LEAST_WORDS = { "5": "5", "20": "20", "100": "100", "1000": "1,000" } as const;
/** Bursts that are listed. */
const LISTED = 200;

/** Where one agent was denied much within a window that slides; the same windows as rules use. */
export function BurstView({ revision, filter, isOneDay, onValue }: ViewProps): ReactNode {
  const router = useRouter();
  const [window, setWindow] = useState<(typeof WINDOWS)[number]>("60");
  const [least, setLeast] = useState<(typeof LEAST)[number]>("20");
  const rule = useMemo(() => burstRule(Number(window), Number(least)), [window, least]);
  const query = useQuery({
    ...ruleQuestion(revision, "preview", rule),
    placeholderData: keepPreviousData,
  });
  const columns: readonly ViewColumn<Alert>[] = [
    {
      label: "agent",
      cell: ({ group }) => (
        <ValueButton name="agent" value={group[0]?.value ?? ""} onValue={onValue} />
      ),
    },
    { label: "reached at, UTC", cell: ({ at }) => <When at={at} isOneDay={isOneDay} /> },
    {
      label: "since",
      align: "end",
      cell: ({ at, since }) => `${lengthWords(Math.max(at - since, 0))} before`,
    },
    { label: "denials by then", align: "end", cell: ({ events }) => formatCount(events) },
    { label: "went on for", align: "end", cell: ({ held }) => `${formatCount(held)} more` },
  ];
  return (
    <ViewFrame
      name="bursts"
      query={query}
      sql={null}
      count={({ fired, peak }) =>
        `${plural(fired, "burst")}, at most ${formatCount(peak)} in one window${filter.time === null ? "" : ", of all times"}.`
      }
      isEmpty={({ fired }) => fired === 0}
      none={`No agent was denied ${LEAST_WORDS[least]} times within ${WINDOW_WORDS[window]}.`}
      aside={
        <>
          <Segmented
            label="Denials at least"
            names={LEAST}
            words={LEAST_WORDS}
            chosen={least}
            onChoose={setLeast}
          />
          <span className="text-12 text-muted">within</span>
          <Segmented
            label="Within"
            names={WINDOWS}
            words={WINDOW_WORDS}
            chosen={window}
            onChoose={setWindow}
          />
          <Button
            variant="quiet"
            onPress={() => {
              draftRule({ ...rule, name: `Bursts of denials of one agent` });
              router.push("/rules");
            }}
          >
            Make a rule
          </Button>
        </>
      }
    >
      {({ alerts }) => (
        <ViewTable
          label="Bursts"
          columns={columns}
          rows={alerts.slice(0, LISTED)}
          keyOf={({ at, group }) => JSON.stringify([at, logWords(group[0]?.value ?? "")])}
        />
      )}
    </ViewFrame>
  );
}

function burstRule(windowSeconds: number, threshold: number): Rule {
  return {
    id: "bursts",
    name: "Bursts",
    description: "",
    severity: "medium",
    isEnabled: true,
    conditions: [],
    groupBy: ["agent"],
    measure: { kind: "count" },
    windowSeconds,
    threshold,
    cooldownSeconds: windowSeconds,
    evidence: "signed",
  };
}
