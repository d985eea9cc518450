import { FINDINGS, type FindingCode, type FindingGroup, type Severity } from "@/kernel/findings.ts";
import type { Finding, SubjectKind } from "./report.ts";

/** Findings of one code that a report lists; the rest is counted in a LIM-005. */
export const LISTED = { error: 50_000, warning: 5_000, info: 1_000 } as const;

/** A place before line numbers are known: a unit's lines count from the unit's start. */
export interface DraftPlace {
  readonly member: number;
  /** Start of the unit that read the record; null where the place is the whole file. */
  readonly unitStart: number | null;
  readonly line: number | null;
  readonly offset: number | null;
  readonly pointer: string;
}

/** A finding before it has a number. Causes are set as they are discovered. */
export interface Draft {
  readonly code: FindingCode;
  severity: Severity;
  readonly subject: { readonly kind: SubjectKind; readonly id: string };
  readonly place: DraftPlace;
  cause: Draft | null;
  readonly expected: string | null;
  readonly actual: string | null;
  /** The dataset's row, for findings about a receipt. */
  readonly row: number;
}

export type NewDraft = Omit<Draft, "severity" | "cause" | "expected" | "actual" | "row"> &
  Partial<Pick<Draft, "severity" | "cause" | "expected" | "actual" | "row">>;

/** What a run that was stopped cannot know: whether something is missing. */
function speaksOfAbsence(code: FindingCode): boolean {
  return FINDINGS[code].group === "absent" || code === "MAN-004";
}

/** Collects findings, keeps their true number, and turns them into the report's list. */
export class Ledger {
  readonly drafts: Draft[] = [];
  readonly #counted = new Map<FindingCode, number>();
  readonly #errorsOf = new Map<FindingCode, number>();
  readonly #isPartial: boolean;
  #errors = 0;

  /** `isPartial`: not everything was read, so that what is absent is no error. */
  constructor(isPartial = false) {
    this.#isPartial = isPartial;
  }

  add(entry: NewDraft): Draft {
    const { severity: given = FINDINGS[entry.code].severity, cause = null } = entry;
    const isExcused = this.#isPartial && given === "error" && speaksOfAbsence(entry.code);
    const severity = isExcused ? "warning" : given;
    const { expected = null, actual = null, row = -1 } = entry;
    const draft: Draft = { ...entry, severity, cause: rootOf(cause), expected, actual, row };
    this.count(entry.code, severity, 1);
    if ((this.#counted.get(entry.code) ?? 0) <= LISTED[severity]) {
      this.drafts.push(draft);
    }
    return draft;
  }

  /** Counts findings that are not listed, so that an unlisted error still decides. */
  count(code: FindingCode, severity: Severity, number: number): void {
    this.#counted.set(code, (this.#counted.get(code) ?? 0) + number);
    if (severity === "error") {
      this.#errors += number;
      this.#errorsOf.set(code, (this.#errorsOf.get(code) ?? 0) + number);
    }
  }

  get errors(): number {
    return this.#errors;
  }

  errorsOf(code: FindingCode): number {
    return this.#errorsOf.get(code) ?? 0;
  }

  /** The findings numbered, each cause followed by its effects, with lines absolute. */
  list(
    pathOf: (member: number) => string,
    lineOf: (place: DraftPlace) => number | null,
  ): { readonly findings: readonly Finding[]; readonly rowsOf: ReadonlyMap<string, number> } {
    const listed = new Set(this.drafts);
    const ordered = this.#ordered(listed);
    const numbers = new Map(ordered.map((draft, index) => [draft, `f${index + 1}`]));
    const findings = ordered.map((draft, index): Finding => {
      const root = rootOf(draft.cause);
      const { place } = draft;
      return {
        id: `f${index + 1}`,
        code: draft.code,
        severity: draft.severity,
        subject: draft.subject,
        place: {
          file: pathOf(place.member),
          line: lineOf(place),
          byte_offset: place.offset,
          pointer: place.pointer,
        },
        cause: root !== null && listed.has(root) ? (numbers.get(root) ?? null) : null,
        expected: draft.expected,
        actual: draft.actual,
      };
    });
    const rowsOf = new Map<string, number>();
    for (const [index, { row }] of ordered.entries()) {
      if (row !== -1) {
        rowsOf.set(`f${index + 1}`, row);
      }
    }
    return { findings: [...findings, ...this.#unlisted(findings.length)], rowsOf };
  }

  /** Causes by severity and place; under each, what follows from it. No order depends on arrival. */
  #ordered(listed: ReadonlySet<Draft>): readonly Draft[] {
    const causes: Draft[] = [];
    const effects = new Map<Draft, Draft[]>();
    for (const draft of this.drafts) {
      const root = rootOf(draft.cause);
      if (root === null || !listed.has(root)) {
        causes.push(draft);
      } else {
        const own = effects.get(root) ?? [];
        own.push(draft);
        effects.set(root, own);
      }
    }
    return causes
      .sort(bySeverityAndPlace)
      .flatMap((cause) => [cause, ...(effects.get(cause) ?? []).sort(byFamilyAndPlace)]);
  }

  #unlisted(from: number): readonly Finding[] {
    const listed = new Map<FindingCode, number>();
    for (const draft of this.drafts) {
      listed.set(draft.code, (listed.get(draft.code) ?? 0) + 1);
    }
    const more: Finding[] = [];
    for (const [code, total] of this.#counted) {
      const shown = listed.get(code) ?? 0;
      if (total > shown) {
        more.push({
          id: `f${from + more.length + 1}`,
          code: "LIM-005",
          severity: "info",
          subject: { kind: "run", id: code },
          place: { file: "", line: null, byte_offset: null, pointer: "" },
          cause: null,
          expected: String(shown),
          actual: String(total),
        });
      }
    }
    return more;
  }
}

export function groupOf(code: FindingCode): FindingGroup {
  return FINDINGS[code].group;
}

/** Follows causes to their origin, so that effects of effects point to the one cause. */
function rootOf(draft: Draft | null): Draft | null {
  let root = draft;
  for (let steps = 0; root?.cause != null && steps < 64; steps += 1) {
    root = root.cause;
  }
  return root;
}

const SEVERITIES: readonly Severity[] = ["error", "warning", "info"];

/** The order in which the consequences of one change are told: from the record outwards. */
const FAMILIES = [
  "SIG",
  "HSH",
  "KEY",
  "INC",
  "CKP",
  "EQV",
  "SEQ",
  "LNK",
  "DLQ",
  "MAN",
  "FMT",
  "LIM",
] as const satisfies readonly FindingFamily[];
type FindingFamily = FindingCode extends `${infer Family}-${string}` ? Family : never;

function bySeverityAndPlace(a: Draft, b: Draft): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    byPlace(a, b) ||
    compareCodes(a.code, b.code)
  );
}

function compareCodes(a: FindingCode, b: FindingCode): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function byFamilyAndPlace(a: Draft, b: Draft): number {
  return familyRank(a.code) - familyRank(b.code) || compareCodes(a.code, b.code) || byPlace(a, b);
}

function familyRank(code: FindingCode): number {
  return FAMILIES.findIndex((family) => code.startsWith(family));
}

function byPlace(a: Draft, b: Draft): number {
  return a.place.member - b.place.member || (a.place.offset ?? -1) - (b.place.offset ?? -1);
}
