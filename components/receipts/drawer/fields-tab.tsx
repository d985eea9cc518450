import type { ReactNode } from "react";
import { StatusIcon } from "@/components/seal/status-icon.tsx";
import { HashText } from "@/components/ui/hash-text.tsx";
import { looksLikeHash } from "@/lib/display/hash.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { FieldRow, ReceiptDetail } from "@/lib/queries/model.ts";
import { visibleText } from "../visible-text.ts";
import { fieldName } from "./field-name.ts";
import { fieldsBanner } from "./sentences.ts";

/** Every member of the record, and whether the signature covers it. Hatch: not vouched for. */
export function FieldsTab({ detail }: { readonly detail: ReceiptDetail }): ReactNode {
  const banner = fieldsBanner(detail);
  const unfit = detail.fields.filter((field) => !field.fits);
  const count = (coverage: FieldRow["coverage"]) =>
    formatCount(detail.fields.filter((field) => field.coverage === coverage).length);
  return (
    <div className="flex flex-col gap-3">
      {banner !== null && (
        <div className="flex gap-2.5 rounded-card bg-fails-tint p-3">
          <StatusIcon status="does-not-verify" size={18} />
          <div className="min-w-0 text-12 text-ink">
            <p className="font-semibold">{banner}</p>
            <p>
              {unfit.length === 0
                ? "Which field differs can’t be told from this file alone."
                : `Does not fit: ${unfit.map((field) => visibleText(fieldName(field.pointer))).join(", ")}.`}
            </p>
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
          <Field key={field.pointer} field={field} />
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

function Field({ field }: { readonly field: FieldRow }): ReactNode {
  const vouched = field.coverage === "covered";
  const edge = !field.fits
    ? "bg-fails"
    : vouched
      ? "bg-verified"
      : field.coverage === "left-out"
        ? "border border-strong"
        : "hatch-neutral border-x border-strong";
  const ground = field.fits ? (field.coverage === "not-covered" ? UNVOUCHED : "") : "bg-fails-tint";
  return (
    <li
      className={`relative flex flex-wrap gap-x-3 py-[2px] pr-1.5 pl-4 text-12 leading-4 ${ground}`}
    >
      <span aria-hidden="true" className={`keeps-colour absolute inset-y-0 left-0 w-1.5 ${edge}`} />
      <bdi
        title={field.pointer}
        className={`w-[140px] shrink-0 font-mono [overflow-wrap:anywhere] ${vouched ? "text-fact" : "text-muted"}`}
      >
        {visibleText(fieldName(field.pointer))}
      </bdi>
      <span className={`min-w-[96px] flex-1 font-mono [overflow-wrap:anywhere] ${valueInk(field)}`}>
        {looksLikeHash(field.value) ? (
          <span className={`-my-1 inline-flex ${field.fits ? "" : "[&_button]:text-fails"}`}>
            <HashText value={field.value} label={fieldName(field.pointer)} />
          </span>
        ) : (
          <bdi>{visibleText(field.value)}</bdi>
        )}
      </span>
      <span
        className={`ml-auto max-w-[200px] text-right text-11 ${field.fits ? "text-muted" : "font-semibold text-fails"}`}
      >
        <span className="sr-only">{COVERAGE_WORDS[field.coverage]}. </span>
        {field.note !== "" ? visibleText(field.note) : field.fits ? "" : "does not fit"}
      </span>
    </li>
  );
}

function valueInk(field: FieldRow): string {
  if (!field.fits) return "text-fails";
  return field.coverage === "covered" ? "text-ink" : "text-muted";
}
