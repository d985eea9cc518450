import type { ReactNode } from "react";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { HashText } from "@/components/ui/hash-text.tsx";
import { clip } from "@/lib/display/finding-sentence.ts";
import { looksLikeHash } from "@/lib/display/hash.ts";
import { formatCount, joinWords } from "@/lib/display/numbers.ts";
import { copyLine, decidingDifference } from "@/lib/display/repair.ts";
import type { FieldRow, ReceiptDetail } from "@/lib/queries/model.ts";
import type { RepairView } from "@/lib/verification/repair.ts";
import { visibleText } from "../visible-text.ts";
import { fieldName } from "./field-name.ts";
import { type FieldReading, type FieldState, readFields } from "./field-state.ts";
import { fieldsBanner } from "./sentences.ts";

/** Every member of the record, and whether the signature covers it. Hatch: not vouched for. */
export function FieldsTab({ detail }: { readonly detail: ReceiptDetail }): ReactNode {
  const banner = fieldsBanner(detail);
  const reading = readFields(detail);
  const count = (coverage: FieldRow["coverage"]) =>
    formatCount(detail.fields.filter((field) => field.coverage === coverage).length);
  return (
    <div className="flex flex-col gap-3">
      {banner !== null && (
        <div className="flex gap-2.5 rounded-card bg-fails-tint p-3">
          <StatusIcon status="does-not-verify" size={18} />
          <div className="min-w-0 text-12 text-ink">
            <p className="font-semibold">{banner}</p>
            <FitSentence reading={reading} />
          </div>
        </div>
      )}
      <div className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-fact">
        <Legend mark="bg-verified" words="Covered by signature" count={count("covered")} />
        <Legend
          mark="hatch-neutral border border-strong"
          words="Not covered"
          count={count("not-covered")}
        />
        <Legend mark="border border-strong" words="Left out by rule" count={count("left-out")} />
      </div>
      <ul>
        {detail.fields.map((field) => (
          <Field key={field.pointer} field={field} state={reading.stateOf(field)} />
        ))}
      </ul>
    </div>
  );
}

function Legend({
  mark,
  words,
  count,
}: {
  readonly mark: string;
  readonly words: string;
  readonly count: string;
}): ReactNode {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`keeps-colour h-3.5 w-2 ${mark}`} />
      {words} <span className="font-semibold text-ink">{count}</span>
    </span>
  );
}

/** A quiet hatch behind a whole row, the same sign as the edge beside it. */
const UNVOUCHED = "bg-[repeating-linear-gradient(135deg,var(--border)_0_1px,transparent_1px_6px)]";

const COVERAGE_WORDS: Readonly<Record<FieldRow["coverage"], string>> = {
  covered: "covered by the signature",
  "not-covered": "not covered by the signature",
  "left-out": "left out by rule",
};

function Field({
  field,
  state,
}: {
  readonly field: FieldRow;
  readonly state: FieldState;
}): ReactNode {
  const vouched = field.coverage === "covered";
  const differs = state === "differs";
  const ground = differs ? "bg-fails-tint" : field.coverage === "not-covered" ? UNVOUCHED : "";
  const ink = differs ? "text-fails" : vouched ? "text-ink" : "text-muted";
  const hash = hashIn(field.value);
  return (
    <li className={`relative flex flex-wrap gap-x-3 py-[2px] pr-1.5 pl-4 text-12 ${ground}`}>
      <span
        aria-hidden="true"
        className={`keeps-colour absolute inset-y-0 left-0 w-1.5 ${edgeOf(field, state)}`}
      />
      <bdi
        title={field.pointer}
        className={`w-[140px] shrink-0 font-mono [overflow-wrap:anywhere] ${vouched ? "text-fact" : "text-muted"}`}
      >
        {visibleText(fieldName(field.pointer))}
      </bdi>
      <span className={`min-w-[96px] flex-1 font-mono [overflow-wrap:anywhere] ${ink}`}>
        {hash !== null ? (
          <span className={`-my-1 inline-flex ${differs ? "[&_button]:text-fails" : ""}`}>
            <HashText value={hash} label={fieldName(field.pointer)} />
          </span>
        ) : (
          <bdi>{visibleText(field.value)}</bdi>
        )}
      </span>
      <span
        className={`ml-auto max-w-[200px] text-right text-11 ${differs ? "font-semibold text-fails" : "text-muted"}`}
      >
        <span className="sr-only">
          {state === "unvouched"
            ? "covered by a signature that does not fit"
            : COVERAGE_WORDS[field.coverage]}
          .{" "}
        </span>
        {field.note !== "" ? visibleText(field.note) : differs ? "does not fit" : ""}
      </span>
    </li>
  );
}

/** Solid: covered. Hatched: not vouched for. Outline: left out by rule. */
function edgeOf(field: FieldRow, state: FieldState): string {
  if (state === "differs") return "bg-fails";
  if (state === "unvouched") return "hatch-fails border-x border-fails";
  if (field.coverage === "covered") return "bg-verified";
  return field.coverage === "left-out"
    ? "border border-strong"
    : "hatch-neutral border-x border-strong";
}

/** The hash that a value is, without the quotes of its JSON text. */
function hashIn(value: string): string | null {
  const bare = value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
  return looksLikeHash(bare) ? bare : null;
}

function FitSentence({ reading }: { readonly reading: FieldReading }): ReactNode {
  const { repair, differing } = reading;
  if (repair !== null) return <Repair repair={repair} />;
  const names = joinWords(differing.map((pointer) => visibleText(fieldName(pointer))));
  return (
    <p>
      {differing.length > 0 && `What the file holds does not lead to ${names}. `}
      Which value was changed can’t be told from this file alone.
    </p>
  );
}

/** Names in the banner where several values differ; the rows below show all of them. */
const MOST_NAMES = 6;

function Repair({ repair }: { readonly repair: RepairView }): ReactNode {
  const deciding = decidingDifference(repair);
  const names = repair.differences.map(({ pointer }) => visibleText(shortName(pointer)));
  const listed = joinWords([
    ...names.slice(0, MOST_NAMES),
    ...(names.length > MOST_NAMES ? [`${formatCount(names.length - MOST_NAMES)} more`] : []),
  ]);
  const name = <bdi className="font-mono [overflow-wrap:anywhere]">{listed}</bdi>;
  return (
    <p>
      {deciding === null ? (
        <>It fits if {name} are</>
      ) : deciding.wouldFit === null ? (
        <>It fits without {name}</>
      ) : (
        <>
          It fits if {name} is{" "}
          <bdi className="font-medium font-mono text-verified [overflow-wrap:anywhere]">
            {visibleText(clip(deciding.wouldFit, LONGEST))}
          </bdi>
          {repair.copy === null ? "" : ","}
        </>
      )}
      {repair.copy === null ? null : (
        <>
          {" "}
          as in{" "}
          <bdi className="font-mono [overflow-wrap:anywhere]">{visibleText(repair.copy.file)}</bdi>{" "}
          {copyLine(repair.copy)}
        </>
      )}
      .
    </p>
  );
}

/** Longest value in the banner. */
const LONGEST = 200;

/** A parameter by its own name; its row says where it stands. */
function shortName(pointer: string): string {
  return fieldName(pointer).replace(/^parameters\./u, "");
}
