"use client";

import { formatBytes } from "@/lib/display/bytes.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatSeconds } from "@/lib/display/time.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { SessionState } from "@/lib/session/model.ts";

const BUILD = process.env["NEXT_PUBLIC_BUILD_ID"] ?? "local";

/** Machine truth: what ran, workers, memory; zone, build, offline. */
export function StatusLine() {
  const offlineReady = useSession(({ machine }) => machine.offlineReady);
  return (
    <footer className="no-print flex h-[26px] shrink-0 items-center overflow-hidden whitespace-nowrap border-border border-t bg-surface px-3 text-12 text-muted max-sm:hidden">
      <Progress />
      <span className="ml-auto flex">
        <Part>All times UTC</Part>
        <Part>
          Build <span className="font-mono">{BUILD.slice(0, 8)}</span>
        </Part>
        <Part>
          <span data-offline-ready={offlineReady}>
            {offlineReady ? "Offline ready" : "Fetching its own parts"}
          </span>
        </Part>
      </span>
    </footer>
  );
}

/** The one part of the frame that changes with every beat of a run. */
function Progress() {
  const session = useSession((state) => state);
  return (
    <span className="flex">
      {leftParts(session).map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place; its words change.
        <Part key={place}>{part}</Part>
      ))}
    </span>
  );
}

function Part({ children }: { readonly children: React.ReactNode }) {
  return <span className="border-border px-3 not-last:border-r">{children}</span>;
}

function leftParts(session: SessionState): readonly string[] {
  const { machine, progress, selfTest, phase } = session;
  const workers = machine.workers > 0 ? [plural(machine.workers, "worker")] : [];
  const memory =
    machine.memoryBytes === null ? [] : [`About ${formatBytes(machine.memoryBytes)} in use`];
  const exact = machine.backend === "exact" ? ["Exact rule, without WebCrypto"] : [];
  if (phase === "running" && progress !== null) {
    const sign = progress.stages.find((stage) => stage.name === "sign");
    const about =
      progress.memoryEstimate === null
        ? memory
        : [
            machine.memoryBytes === null
              ? `About ${formatBytes(progress.memoryEstimate)}`
              : `About ${formatBytes(machine.memoryBytes)} of ${formatBytes(progress.memoryEstimate)}`,
          ];
    return [
      sign === undefined
        ? "Reading"
        : `Signatures ${formatCount(sign.done)} / ${formatCount(sign.total)}`,
      ...(progress.rate === null ? [] : [`${formatCount(progress.rate)} per second`]),
      ...(progress.secondsLeft === null ? [] : [`${formatSeconds(progress.secondsLeft)} left`]),
      ...about,
      ...exact,
    ];
  }
  if (phase === "done" || phase === "stopped") {
    return [
      `${plural(machine.checkedReceipts, "receipt")} checked in ${formatSeconds(machine.checkedSeconds)}`,
      ...workers,
      ...memory,
      ...exact,
    ];
  }
  return [
    phase === "refused" ? "No verdicts here" : "Nothing loaded",
    ...selfTestWords(selfTest),
    ...exact,
  ];
}

function selfTestWords(selfTest: SessionState["selfTest"]): readonly string[] {
  if (selfTest === null) return ["Self-test waits"];
  const passed = selfTest.accepted.passed + selfTest.refused.passed;
  const total = selfTest.accepted.total + selfTest.refused.total;
  return [`Self-test ${formatCount(passed)} / ${formatCount(total)} as expected`];
}
