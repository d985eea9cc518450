import { Card, CardTitle } from "@/components/ui/card.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { shortHash } from "@/lib/display/hash.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import {
  cellNumber,
  cellReceipts,
  describeCell,
  type StripCell,
  stripBrackets,
  stripCells,
  stripLabels,
  stripSummary,
} from "@/lib/display/strip.ts";
import type { CheckpointCell, Verdict } from "@/lib/verification/report.ts";

/** Logs drawn; two are a fork or a rotation, more than that is counted. */
const MOST_LOGS = 6;

/** One cell for each checkpoint, as wide as the receipts it covers; one strip for each log. */
export function CheckpointStrip({ verdict }: { readonly verdict: Verdict }) {
  const logs = [...new Set(verdict.strip.map((cell) => cell.log))];
  if (logs.length === 0) return null;
  const unchecked = verdict.links.total - verdict.links.fit;
  return (
    <Card className="overflow-hidden px-4 pt-2 pb-2">
      <CardTitle
        title="Checkpoints"
        note={logs.length === 1 ? stripSummary(verdict.strip) : `${formatCount(logs.length)} logs`}
        aside={
          verdict.links.total === 0
            ? undefined
            : unchecked === 0
              ? `${formatCount(verdict.links.fit)} / ${formatCount(verdict.links.total)} links fit`
              : `${formatCount(unchecked)} of ${formatCount(verdict.links.total)} links do not fit or can’t be checked`
        }
      />
      {logs.slice(0, MOST_LOGS).map((log) => (
        <Strip
          key={log}
          cells={verdict.strip.filter((cell) => cell.log === log)}
          title={logs.length === 1 ? null : `Log ${log + 1}`}
        />
      ))}
      {logs.length > MOST_LOGS ? (
        <p className="mt-2 text-12 text-muted">
          And {formatCount(logs.length - MOST_LOGS)} more logs.
        </p>
      ) : null}
    </Card>
  );
}

const CELLS: Readonly<Record<CheckpointCell["state"], string>> = {
  fits: "border-verified bg-verified-tint text-verified",
  differs: "border-fails bg-fails text-on-ink",
  absent: "hatch-fails border-fails border-dashed text-fails",
  "not-covered": "border-strong border-dashed text-muted",
  "not-checked": "border-strong border-dotted bg-unchecked-tint text-unchecked",
};

function Strip({
  cells,
  title,
}: {
  readonly cells: readonly CheckpointCell[];
  readonly title: string | null;
}) {
  const drawn = stripCells(cells);
  const total = drawn.reduce((sum, cell) => sum + cellReceipts(cell), 0);
  const brackets = stripBrackets(drawn);
  const { labels, more } = stripLabels(drawn);
  const first = drawn[0];
  const last = drawn.at(-1);
  return (
    <div className="mt-1.5">
      {title === null ? null : <h3 className="font-medium text-12 text-fact">{title}</h3>}
      <div className="relative h-4 text-12 text-muted max-sm:hidden" aria-hidden="true">
        {brackets.map((bracket) => (
          <span
            key={bracket.before}
            className="absolute top-0 flex h-4 items-center overflow-hidden"
            style={{
              left: `${(bracket.before / total) * 100}%`,
              width: `${(bracket.receipts / total) * 100}%`,
            }}
          >
            <span className="mt-2 h-2 w-2.5 shrink-0 border-strong border-t border-l" />
            <span className="shrink truncate px-1">
              Signed by <span className="font-mono">{shortHash(bracket.key)}</span>
            </span>
            <span className="mt-2 h-2 min-w-0 flex-1 border-strong border-t border-r" />
          </span>
        ))}
      </div>
      <ol className="flex h-5.5 gap-0.5" aria-label="Checkpoints in order">
        {drawn.map((cell) => (
          <Cell
            key={`${cell.fromSeq} ${cell.state} ${cell.fromCheckpoint}`}
            cell={cell}
            wide={drawn.length <= 45}
          />
        ))}
      </ol>
      <div className="relative mt-1 h-4 text-12 text-muted max-lg:flex max-lg:h-auto max-lg:flex-wrap max-lg:gap-x-4">
        {labels.every((label) => label.at > 0.2) && first !== undefined ? (
          <span>{formatCount(first.fromSeq)}</span>
        ) : null}
        {labels.map((label) => (
          <span
            key={label.text}
            className={classNames(
              "lg:-translate-x-1/2 whitespace-nowrap font-medium lg:absolute lg:top-0",
              label.state === "differs" || label.state === "absent" ? "text-fails" : "text-fact",
            )}
            style={{ left: `${label.at * 100}%` }}
          >
            {label.text}
          </span>
        ))}
        {labels.every((label) => label.at < 0.8) && last !== undefined ? (
          <span className="lg:absolute lg:top-0 lg:right-0">{formatCount(last.toSeq)}</span>
        ) : null}
      </div>
      {more > 0 ? (
        <p className="text-12 text-muted">
          and {formatCount(more)} more that {more === 1 ? "does" : "do"} not simply fit: see the
          findings
        </p>
      ) : null}
    </div>
  );
}

function Cell({ cell, wide }: { readonly cell: StripCell; readonly wide: boolean }) {
  const words = describeCell(cell);
  return (
    <li
      title={words}
      aria-label={words}
      className={classNames(
        "keeps-colour flex min-w-[3px] items-center justify-center overflow-hidden rounded-[2px] border text-11 leading-none tabular-nums",
        CELLS[cell.state],
      )}
      style={{ flexGrow: cellReceipts(cell), flexBasis: 0 }}
    >
      {wide ? (
        <span aria-hidden="true" className="max-md:hidden">
          {cellNumber(cell)}
        </span>
      ) : null}
    </li>
  );
}
