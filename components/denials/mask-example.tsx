import type { ReactNode } from "react";
import { explainMask, type Masked, type MaskName } from "@/lib/denials/mask.ts";
import { logWords } from "./log-words.ts";

const MASK_WORDS: Readonly<Record<Masked["mask"], string>> = {
  id: "an id",
  path: "a path",
  number: "a number",
  host: "a host",
  address: "an address",
  time: "a time",
  long: "a very long word",
};

/** What is read of a reason for the example. */
const READ = 400;

interface MaskExampleProps {
  readonly reason: string;
  readonly masks: readonly MaskName[];
}

/** A reason with what is masked in it marked, and the same in words. */
export function MaskExample({ reason, masks }: MaskExampleProps): ReactNode {
  const text = reason.slice(0, READ);
  const masked = explainMask(text, new Set(masks));
  return (
    <section aria-label="An example">
      <h3 className="pb-1 font-semibold text-13">An example</h3>
      <p className="rounded-card bg-sunken p-2.5 font-mono text-12 leading-[18px] [overflow-wrap:anywhere]">
        <bdi>
          {pieces(text, masked).map(({ at, words, mask }) =>
            mask === null ? (
              <span key={at}>{words}</span>
            ) : (
              <mark
                key={at}
                title={`Masked: ${MASK_WORDS[mask]}`}
                className="rounded-[2px] bg-selected text-ink underline decoration-dashed underline-offset-2"
              >
                {words}
              </mark>
            ),
          )}
        </bdi>
      </p>
      <p className="pt-1.5 text-12 text-muted">
        {masked.length === 0
          ? "Nothing in this reason."
          : `Left out of the pattern: ${[...new Set(masked.map(({ mask }) => MASK_WORDS[mask]))].join(", ")}. The same rules hold for every reason.`}
      </p>
    </section>
  );
}

interface Piece {
  readonly at: number;
  readonly words: string;
  readonly mask: Masked["mask"] | null;
}

function pieces(text: string, masked: readonly Masked[]): readonly Piece[] {
  const out: Piece[] = [];
  let at = 0;
  for (const { from, to, mask } of masked) {
    if (from > at) out.push({ at, words: logWords(text.slice(at, from)), mask: null });
    out.push({ at: from, words: logWords(text.slice(from, to)), mask });
    at = to;
  }
  if (at < text.length) out.push({ at, words: logWords(text.slice(at)), mask: null });
  return out;
}
