import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { RecordContext } from "@/lib/ingest/kafka/form.ts";
import type { ReadRow } from "@/lib/ingest/read-row.ts";
import { type Found, recognise } from "./recognise.ts";

const REPLACEMENT = "\ufffd";

/**
 * What a row holds, for whoever reads it and whoever reads it again.
 *
 * Of a row whose octets are not all UTF-8, only an exported record is read on, since its tool writes the
 * octets of a topic as they are; anything else stays a row that cannot be read. A receipt in it that holds
 * a replacement is not what was signed, and nobody can tell what was: it is unreadable, which is another
 * thing than a signature that does not fit (decision 33). The structure around it is ASCII, which no
 * replacement ever takes the place of.
 *
 * @returns null for a lossy row that is no exported record
 */
export function recogniseRow(
  { value, isLossy }: Extract<ReadRow, { kind: "row" }>,
  context: RecordContext,
): readonly Found[] | null {
  const found = recognise(value, context);
  if (!isLossy) {
    return found;
  }
  return found.some(({ kind }) => kind === "kafka-record") ? found.map(readableOnly) : null;
}

function readableOnly(found: Found): Found {
  switch (found.kind) {
    case "kafka-record":
    case "unreadable-receipt":
    case "refused":
    case "framing":
      return found;
    default: {
      const { value, pointer, wrapper } = found;
      return canonicalize(value).includes(REPLACEMENT)
        ? {
            kind: "unreadable-receipt",
            value,
            pointer,
            wrapper,
            problem: { kind: "not-utf-8", pointer },
          }
        : found;
    }
  }
}
