"use client";

import { ChevronDown, ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { useSingleKeys } from "@/components/frame/use-keys.ts";
import { Button } from "@/components/ui/button.tsx";
import { KeyCap } from "@/components/ui/key-cap.tsx";
import { type FindingCause, groupFindings } from "@/lib/display/finding-groups.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { Verdict } from "@/lib/verification/report.ts";
import { FindingCard } from "./finding-card.tsx";

/** Causes drawn at first, and added by each press of "show more". */
const STEP = 50;

/** All findings, folded into causes, under the heads of what differs, what is absent, and what is remarked. */
export function FindingsList({ verdict }: { readonly verdict: Verdict }) {
  const groups = useMemo(() => groupFindings(verdict.report.findings), [verdict]);
  const first = (groups.here[0] ?? groups.absent[0])?.finding.id ?? null;
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [shown, setShown] = useState({ here: STEP, absent: STEP, notes: STEP });
  const [notesOpen, setNotesOpen] = useState(false);

  const here = groups.here.slice(0, shown.here);
  const absent = groups.absent.slice(0, shown.absent);
  const notes = notesOpen ? groups.notes.slice(0, shown.notes) : [];
  const isOpen = (id: string) => toggled.get(id) ?? id === first;
  const set = (id: string, open: boolean) => setToggled((known) => new Map(known).set(id, open));

  useSingleKeys((event) => {
    const key = event.key.toLowerCase();
    if (key !== "n") return false;
    const order = [...here, ...absent, ...notes].map((cause) => cause.finding.id);
    const next = neighbour(order, event.shiftKey ? -1 : 1);
    if (next === undefined) return false;
    set(next, true);
    const target = document.getElementById(next);
    target?.focus();
    target?.scrollIntoView({ block: "center" });
    return true;
  });

  const list = (causes: readonly FindingCause[]) =>
    causes.map((cause) => (
      <FindingCard
        key={cause.finding.id}
        cause={cause}
        verdict={verdict}
        isOpen={isOpen(cause.finding.id)}
        onToggle={() => set(cause.finding.id, !isOpen(cause.finding.id))}
      />
    ));

  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Head
        title="What is here and does not fit"
        note={groups.here.length === 0 ? "nothing" : plural(groups.here.length, "cause")}
        aside={
          groups.here.length + groups.absent.length > 0 ? (
            <span className="no-print flex items-center gap-1.5 text-13 text-muted max-sm:hidden">
              <KeyCap>n</KeyCap> next finding
            </span>
          ) : null
        }
      />
      {groups.here.length === 0 ? (
        <p className="rounded-card border border-border bg-surface px-3.5 py-2.5 text-13 text-fact shadow-card">
          Nothing that is here contradicts itself or its neighbours.
        </p>
      ) : null}
      {list(here)}
      <More
        left={groups.here.length - here.length}
        onMore={() => setShown((now) => ({ ...now, here: now.here + STEP }))}
      />
      {groups.absent.length > 0 ? (
        <>
          <Head title="What is not here" note={plural(groups.absent.length, "finding")} />
          {list(absent)}
          <More
            left={groups.absent.length - absent.length}
            onMore={() => setShown((now) => ({ ...now, absent: now.absent + STEP }))}
          />
        </>
      ) : null}
      {groups.notes.length > 0 ? (
        <>
          <h2>
            <Button
              variant="quiet"
              className="-ml-2 max-sm:h-auto max-sm:shrink max-sm:whitespace-normal max-sm:text-left"
              aria-expanded={notesOpen}
              onPress={() => setNotesOpen((open) => !open)}
            >
              {notesOpen ? (
                <ChevronDown aria-hidden="true" size={15} />
              ) : (
                <ChevronRight aria-hidden="true" size={15} />
              )}
              <span className="font-semibold text-14 text-ink">Notes</span>
              <span className="font-normal text-muted">
                {formatCount(groups.notes.length)} that change no verdict by themselves
              </span>
            </Button>
          </h2>
          {list(notes)}
          <More
            left={notesOpen ? groups.notes.length - notes.length : 0}
            onMore={() => setShown((now) => ({ ...now, notes: now.notes + STEP }))}
          />
        </>
      ) : null}
    </div>
  );
}

interface HeadProps {
  readonly title: string;
  readonly note: string;
  readonly aside?: React.ReactNode;
}

function Head({ title, note, aside }: HeadProps) {
  return (
    <div className="flex min-h-6 items-center gap-2 px-0.5 pt-0.5">
      <h2 className="font-semibold text-14">{title}</h2>
      <span className="text-13 text-muted">{note}</span>
      <span className="ml-auto">{aside}</span>
    </div>
  );
}

function More({ left, onMore }: { readonly left: number; readonly onMore: () => void }) {
  if (left <= 0) return null;
  return (
    <Button className="self-start" onPress={onMore}>
      Show {formatCount(Math.min(STEP, left))} more of {formatCount(left)}
    </Button>
  );
}

/** The finding before or after the one that has the focus; the first where none has. */
function neighbour(order: readonly string[], step: number): string | undefined {
  const at = order.indexOf(document.activeElement?.id ?? "");
  if (at === -1) return step > 0 ? order[0] : order.at(-1);
  return order[(at + step + order.length) % order.length];
}
