import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { prettyText } from "@/lib/display/pretty-text.ts";
import { DECISION_WORDS } from "@/lib/display/status.ts";
import { parseOneReceipt } from "./receipt-arguments.ts";
import { type Neighbours, neighbourJson, neighboursOf } from "./receipt-links.ts";
import { showOutcome } from "./receipt-outcome.ts";
import type { ReceiptRecord } from "./receipt-record.ts";
import { rawText } from "./receipt-scan.ts";
import { keyText, NAME_LENGTH, names, placeJson, statusText, table } from "./receipt-words.ts";
import { placeText } from "./render.ts";
import { safeJson, writeJson } from "./safe-json.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { withRecord } from "./with-record.ts";

const COMMAND = "chio receipt show";
const LISTED = 8;

/** `chio receipt show ID PATH...`: one receipt as it stands in its file, under what is to be known of it. */
export function runReceiptShow(words: readonly string[], around: Surroundings): Promise<number> {
  return withRecord(COMMAND, parseOneReceipt(words), around, (record, given) => {
    const links = neighboursOf(record.read.conclusion.chain, record.node);
    if (given.json) {
      writeJson(canonicalize(document(record, links)), around.out);
    } else {
      around.out.write(text(record, links));
    }
    return showOutcome(COMMAND, record.read, record.status === "does-not-verify", around);
  });
}

function text(record: ReceiptRecord, { causedBy, ledTo }: Neighbours): string {
  const { facts, form } = record.inspection;
  const decision = DECISION_WORDS[facts.decision];
  const rows: (readonly [string, string])[] = [
    ["receipt", safeText(facts.id, NAME_LENGTH)],
    ["form", form],
    ["decision", facts.guard === null ? decision : `${decision} by ${safeText(facts.guard)}`],
    ["integrity", statusText(record)],
    ["signed by", keyText(record.key)],
    ["stands in", placeText(record.place)],
  ];
  const others: readonly (readonly [string, readonly string[]])[] = [
    ["also known as", facts.aliases],
    ["caused by", causedBy.map(({ id, loaded }) => (loaded ? id : `${id} (not loaded)`))],
    ["led to", ledTo.map(({ id }) => id)],
  ];
  for (const [name, ids] of others) {
    if (ids.length > 0) {
      rows.push([name, names(ids, LISTED)]);
    }
  }
  const raw = rawText(record.rawText, record.place.pointer) ?? canonicalize(record.receipt);
  return `${table(rows).join("\n")}\n\n${safeJson(prettyText(raw))}\n`;
}

function document(record: ReceiptRecord, { causedBy, ledTo }: Neighbours): JsonObject {
  return {
    receipt: record.receipt,
    form: record.inspection.form,
    status: record.status,
    key: record.key === null ? null : record.key.fingerprint,
    place: placeJson(record.place),
    links: { caused_by: causedBy.map(neighbourJson), led_to: ledTo.map(neighbourJson) },
  };
}
