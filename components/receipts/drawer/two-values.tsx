import type { ReactNode } from "react";
import { diffRuns, groupHash, looksLikeHash } from "@/lib/display/hash.ts";
import { visibleText } from "../visible-text.ts";
import { fieldName } from "./field-name.ts";

interface TwoValuesProps {
  readonly expected: string | null;
  readonly actual: string | null;
  readonly pointer: string;
  /** What the two values are called. */
  readonly labels?: readonly [expected: string, actual: string];
}

/** Expected over computed on one left edge; characters that differ are red, their weight unchanged. */
export function TwoValues({
  expected,
  actual,
  pointer,
  labels = ["Expected", "Found"],
}: TwoValuesProps): ReactNode {
  return (
    <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-2 gap-y-0.5 text-12">
      {pointer !== "" && (
        <>
          <dt className="text-muted">Field</dt>
          <dd className="font-mono text-fact [overflow-wrap:anywhere]" title={pointer}>
            {visibleText(fieldName(pointer))}
          </dd>
        </>
      )}
      {expected !== null && (
        <>
          <dt className="text-muted">{labels[0]}</dt>
          <dd className="font-mono text-ink [overflow-wrap:anywhere]">{printed(expected)}</dd>
        </>
      )}
      {actual !== null && (
        <>
          <dt className="text-muted">{labels[1]}</dt>
          <dd className="font-mono text-ink [overflow-wrap:anywhere]">
            {expected === null
              ? printed(actual)
              : diffRuns(printed(actual), printed(expected)).map((run, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other identity and never move.
                  <span key={at} className={run.differs ? "text-fails" : ""}>
                    {run.text}
                  </span>
                ))}
          </dd>
        </>
      )}
    </dl>
  );
}

function printed(value: string): string {
  return looksLikeHash(value) ? groupHash(value) : visibleText(value.slice(0, 2000));
}
