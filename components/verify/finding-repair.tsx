import Link from "next/link";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { clip } from "@/lib/display/finding-sentence.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import { copyLine, decidingDifference, fitSentence } from "@/lib/display/repair.ts";
import type { Difference, RepairView } from "@/lib/verification/repair.ts";
import { Row } from "./finding-place.tsx";

/** Differences drawn; the rest is counted. */
const MOST = 6;
/** Longest value that is shown in full. */
const LONGEST = 600;

/** Both values, and where the one that fits stands. It says what fits, not how the record came to differ. */
export function FindingRepair({ repair }: { readonly repair: RepairView }) {
  const isOne = decidingDifference(repair) !== null;
  const shown = repair.differences.slice(0, MOST);
  const left = repair.differences.length - shown.length;
  return (
    <Row label={isOne ? "Value" : "Values"}>
      <div className="flex flex-col gap-2">
        {shown.map((difference) => (
          <div key={difference.pointer}>
            {isOne ? null : (
              <p className="break-all font-medium font-mono text-12">
                {visibleText(difference.pointer)}
              </p>
            )}
            <Side label="In this file" value={difference.here} ink="text-fails" />
            <Side label="Would fit" value={difference.wouldFit} ink="text-verified">
              {isOne ? <Fit repair={repair} /> : null}
            </Side>
          </div>
        ))}
        {left > 0 ? <p className="text-muted">and {formatCount(left)} more</p> : null}
        {isOne ? null : <Fit repair={repair} />}
      </div>
    </Row>
  );
}

interface SideProps {
  readonly label: string;
  /** Canonical JSON, or null where there is no such member. */
  readonly value: Difference["here"];
  readonly ink: string;
  readonly children?: React.ReactNode;
}

function Side({ label, value, ink, children }: SideProps) {
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 sm:flex-nowrap">
      <span className="w-[72px] shrink-0 text-muted">{label}</span>
      {value === null ? (
        <span className="shrink-0 text-muted">absent</span>
      ) : (
        <bdi className={`min-w-0 break-all font-mono text-14 ${ink}`}>
          {visibleText(clip(value, LONGEST))}
        </bdi>
      )}
      {children}
    </div>
  );
}

function Fit({ repair }: { readonly repair: RepairView }) {
  const { copy } = repair;
  return (
    <p className="min-w-0 text-fact max-sm:mt-1 max-sm:basis-full sm:[div>&]:ml-3">
      {fitSentence(repair)}
      {copy === null ? null : (
        <>
          {" "}
          Same receipt,{" "}
          <Link
            href={receiptsAddress({}, copy.row, "raw")}
            className="text-accent underline underline-offset-2"
          >
            <bdi className="font-mono text-12 [overflow-wrap:anywhere]">
              {visibleText(copy.file)}
            </bdi>{" "}
            {copyLine(copy)}
          </Link>
          .
        </>
      )}
    </p>
  );
}
