import { queryOptions } from "@tanstack/react-query";
import { number, numberOrNull, oneOf, type RawRow, text, textOrNull } from "@/lib/database/row.ts";
import { currentSession } from "@/lib/session/current.ts";
import { QUESTIONS } from "@/lib/sql/statements.ts";

/** The comparisons of one dead letter that the list shows. */
export const LETTER_CHECKS = ["ids", "verdicts", "coordinates", "headers", "payload"] as const;
export type LetterCheck = (typeof LETTER_CHECKS)[number];
const AGREEMENTS = ["agree", "differ", "nothing to compare"] as const;
export type LetterAgreement = (typeof AGREEMENTS)[number];

export interface LetterRow {
  readonly record: number;
  /** Number of the receipt that stands for it; null for a claim. */
  readonly receiptRow: number | null;
  readonly isClaim: boolean;
  readonly form: string;
  readonly fidelity: "exact" | "text" | "lossy";
  /** Where the record stands on its topic; partition and offset are decimal, null where none is known. */
  readonly topic: string;
  readonly partition: string | null;
  readonly offset: string | null;
  readonly timeMs: number | null;
  readonly guard: string;
  readonly agent: string;
  /** What was judged. */
  readonly source: {
    readonly topic: string;
    readonly partition: number;
    readonly offset: string;
  } | null;
  readonly checks: Readonly<Record<LetterCheck, LetterAgreement>>;
  readonly file: string;
}

export interface LetterTotals {
  readonly letters: number;
  readonly claims: number;
  readonly fidelity: { readonly exact: number; readonly text: number; readonly lossy: number };
  /** Letters of which each comparison does not fit. */
  readonly differ: Readonly<Record<LetterCheck, number>>;
  /** Letters whose payload is proved to be the message that was judged. */
  readonly payloadProved: number;
}

export function letterTotals(revision: number) {
  return queryOptions({
    queryKey: ["denials", "letter-totals", revision],
    queryFn: async ({ signal }) => {
      const database = await currentSession().database();
      const question = { name: "letterTotals", settings: [] } as const;
      const [totals] = await database.ask(question, decodeTotals, signal);
      if (totals === undefined) throw new TypeError("A count gives one row.");
      return totals;
    },
  });
}

/** Numbers of all dead letters: those whose parts differ come first, then claims. */
export function letterOrder(revision: number) {
  return queryOptions({
    queryKey: ["denials", "letter-order", revision],
    queryFn: async ({ signal }) =>
      (await currentSession().database()).askNumbers({ name: "letterOrder", settings: [] }, signal),
    gcTime: 5_000,
    structuralSharing: false,
  });
}

/** The given dead letters, in the given order; a slice of {@link letterOrder}'s, at most 500. */
export function letterPage(revision: number, records: readonly number[]) {
  return queryOptions({
    queryKey: ["denials", "letter-page", revision, records],
    queryFn: async ({ signal }): Promise<readonly LetterRow[]> => {
      if (records.length === 0) return [];
      const settings = [{ name: "setRows", parameters: [records.join(",")] }] as const;
      const question = { name: "letterPage", settings } as const;
      return (await currentSession().database()).ask(question, decodeLetter, signal);
    },
  });
}

/** The statements behind the list; they run in the workbench as they stand. */
export const LETTER_SQL = {
  totals: QUESTIONS.letterTotals,
  order: QUESTIONS.letterOrder,
} as const;

function decodeTotals(row: RawRow): LetterTotals {
  return {
    letters: number(row, "letters"),
    claims: number(row, "claims"),
    fidelity: {
      exact: number(row, "exact"),
      text: number(row, "texts"),
      lossy: number(row, "lossy"),
    },
    differ: {
      ids: number(row, "ids"),
      verdicts: number(row, "verdicts"),
      coordinates: number(row, "coordinates"),
      headers: number(row, "headers"),
      payload: number(row, "payload"),
    },
    payloadProved: number(row, "payload_proved"),
  };
}

function decodeLetter(row: RawRow): LetterRow {
  const partition = numberOrNull(row, "source_partition");
  const offset = textOrNull(row, "source_offset");
  return {
    record: number(row, "record"),
    receiptRow: numberOrNull(row, "receipt_row"),
    isClaim: row("is_claim") === true,
    form: text(row, "form"),
    fidelity: oneOf(row, "fidelity", ["exact", "text", "lossy"]),
    topic: text(row, "topic"),
    partition: textOrNull(row, "partition"),
    offset: textOrNull(row, "record_offset"),
    timeMs: numberOrNull(row, "time_ms"),
    guard: text(row, "guard"),
    agent: text(row, "agent"),
    source:
      partition === null || offset === null
        ? null
        : { topic: text(row, "source_topic"), partition, offset },
    checks: {
      ids: oneOf(row, "ids", AGREEMENTS),
      verdicts: oneOf(row, "verdicts", AGREEMENTS),
      coordinates: oneOf(row, "coordinates", AGREEMENTS),
      headers: oneOf(row, "headers", AGREEMENTS),
      payload: oneOf(row, "payload", AGREEMENTS),
    },
    file: text(row, "file"),
  };
}
