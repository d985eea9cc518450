import Link from "next/link";
import type { ReactNode } from "react";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { DecisionPill } from "@/components/seal/marks.tsx";
import { coordinateWords } from "@/lib/display/denial-words.ts";
import { formatDateTime, formatTime } from "@/lib/display/time.ts";
import type { DenialRow } from "@/lib/queries/denial-model.ts";
import { EvidenceIcon } from "../evidence-icon.tsx";
import { logWords } from "../log-words.ts";

interface ExampleListProps {
  readonly examples: readonly DenialRow[];
  readonly isOneDay: boolean;
  readonly onLetter: (record: number) => void;
}

/** The first denials and the last, each with where it came from; pressed, it opens. */
export function ExampleList({ examples, isOneDay, onLetter }: ExampleListProps): ReactNode {
  return (
    <ul>
      {examples.map((row) => (
        <li key={row.number} className="border-hair border-t">
          <Example row={row} isOneDay={isOneDay} onLetter={onLetter} />
        </li>
      ))}
    </ul>
  );
}

const LINE =
  "flex min-h-[28px] w-full min-w-0 cursor-pointer items-center gap-4 rounded-control text-left text-12 hover:bg-sunken pointer-coarse:min-h-11";

function Example({
  row,
  isOneDay,
  onLetter,
}: Omit<ExampleListProps, "examples"> & { readonly row: DenialRow }): ReactNode {
  const time =
    row.timestamp === null
      ? "no time"
      : isOneDay
        ? formatTime(row.timestamp)
        : formatDateTime(row.timestamp);
  const parts = (
    <>
      <EvidenceIcon evidence={row.evidence} size={15} />
      <span className="min-w-16 shrink-0 tabular-nums whitespace-nowrap">{time}</span>
      <bdi className="min-w-0 flex-1 truncate font-mono">{denialPlace(row)}</bdi>
      <DecisionPill decision="deny" />
    </>
  );
  const { record } = row;
  if (row.row !== null) {
    return (
      <Link href={receiptsAddress({}, row.row)} className={LINE}>
        {parts}
      </Link>
    );
  }
  return (
    <button
      type="button"
      className={LINE}
      onClick={() => {
        if (record !== null) onLetter(record);
      }}
    >
      {parts}
    </button>
  );
}

/** Where a denied record came from, or the id of a denial of no record. */
export function denialPlace(row: DenialRow): string {
  return row.source === null
    ? logWords(row.id, "no id")
    : coordinateWords(logWords(row.topic, ""), row.source.partition, row.source.offset);
}
