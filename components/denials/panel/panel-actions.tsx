"use client";

import { Bell, FlaskConical, SquareTerminal } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { playgroundAddress } from "@/components/playground/page-address.ts";
import { Button } from "@/components/ui/button.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { DenialFilter, DenialRow, PatternRow } from "@/lib/queries/denial-model.ts";
import type { TwoReadings } from "@/lib/queries/denial-readings-model.ts";
import { selectForReplay } from "@/lib/session/replay-selection.ts";
import { draftRule } from "@/lib/session/rule-drafts.ts";
import { openInWorkbench } from "@/lib/session/workbench-drafts.ts";
import { evidenceSentence, type ReadingSubject } from "./reading-words.ts";
import { ruleOfPattern } from "./rule-of-pattern.ts";

interface PanelActionsProps {
  readonly pattern: PatternRow;
  /** What the pattern is called, and the filter that its denials pass. */
  readonly title: string;
  readonly filter: DenialFilter;
  readonly examples: readonly DenialRow[];
  readonly readings: TwoReadings | null;
  readonly subject: ReadingSubject;
  readonly onList: () => void;
}

/** What can be done with a pattern. */
export function PanelActions(props: PanelActionsProps): ReactNode {
  const { pattern, readings, subject } = props;
  const router = useRouter();
  const row = props.examples.find((each) => each.row !== null)?.row ?? null;
  const openBoth = () => {
    for (const evidence of readings?.evidence ?? []) {
      const title = `${evidence.reading}, ${evidence.sign}: ${evidenceSentence(evidence, subject)}`;
      openInWorkbench(evidence.sql, title);
    }
    router.push("/sql");
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button isDisabled={readings === null} onPress={openBoth} className="px-2! text-12! gap-1.5!">
        <SquareTerminal aria-hidden size={15} />
        Open both as SQL
      </Button>
      <Button
        className="px-2! text-12! gap-1.5!"
        onPress={() => {
          draftRule(ruleOfPattern(pattern));
          router.push("/rules");
        }}
      >
        <Bell aria-hidden size={15} />
        Make a rule
      </Button>
      {row !== null && (
        <Link
          href={playgroundAddress(row)}
          onClick={() => selectForReplay({ title: props.title, filter: props.filter })}
          className={buttonStyle("secondary", false, "px-2! text-12! gap-1.5!")}
        >
          <FlaskConical aria-hidden size={15} />
          Playground
        </Link>
      )}
      <Button variant="link" className="ml-auto text-12!" onPress={props.onList}>
        List {formatCount(pattern.denials)}
      </Button>
    </div>
  );
}
