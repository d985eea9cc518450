import { FINDINGS } from "@/kernel/findings.ts";
import type { RejectedRow } from "@/lib/session/model.ts";
import type { Dataset } from "@/lib/verification/dataset.ts";

/** Rows that the page lists; the cards count all of them. */
const MOST = 5_000;

/** The rows that were not understood, in the order of files and lines. */
export function rejectedRows({ rejects, members }: Dataset): readonly RejectedRow[] {
  const lineOf = members.lineNumbers();
  return [...rejects]
    .sort((a, b) => a.member - b.member || a.offset - b.offset)
    .slice(0, MOST)
    .map(({ member, unitStart, line, offset, pointer, code, detail, excerpt }) => {
      const { meaning } = FINDINGS[code];
      return {
        file: members.pathOf(member),
        line: lineOf({ member, unitStart, line, offset, pointer }),
        byteOffset: offset,
        code,
        message: detail === null ? meaning : `${meaning} (${detail})`,
        excerpt,
      };
    });
}
