import { classNames } from "@/components/ui/class-names.ts";
import { CopyButton } from "@/components/ui/copy-button.tsx";
import { clip } from "@/lib/display/finding-sentence.ts";
import { type DiffRun, diffRuns, looksLikeHash } from "@/lib/display/hash.ts";
import type { Finding } from "@/lib/verification/report.ts";
import { Row } from "./finding-place.tsx";

/** Longest value that is shown in full. */
const LONGEST = 2000;

/** Expected above computed on one left edge; characters that differ are red, the weight stays. */
export function FindingValues({ finding }: { readonly finding: Finding }) {
  const { expected, actual } = finding;
  if (expected === null && actual === null) return null;
  const hashes =
    expected !== null && actual !== null && looksLikeHash(expected) && looksLikeHash(actual);
  return (
    <Row label={hashes ? (HASH_NAMES[finding.code] ?? "Hash") : "Value"}>
      <div
        className={
          hashes ? "flex flex-col max-sm:flex-row max-sm:flex-wrap max-sm:gap-x-4" : "flex flex-col"
        }
      >
        {expected === null ? null : (
          <Side
            label="Expected"
            text={expected}
            runs={[{ text: expected, differs: false }]}
            isHash={hashes}
          />
        )}
        {actual === null ? null : (
          <Side
            label={hashes ? "Computed" : "Found"}
            text={actual}
            runs={
              hashes && expected !== null
                ? diffRuns(actual, expected)
                : [{ text: actual, differs: expected !== null }]
            }
            isHash={hashes}
          />
        )}
      </div>
    </Row>
  );
}

const HASH_NAMES: Readonly<Record<string, string>> = {
  "HSH-001": "Parameter hash",
  "HSH-002": "Id",
  "INC-001": "Root",
  "CKP-002": "Root",
  "CKP-003": "Predecessor",
  "MAN-001": "File hash",
};

interface SideProps {
  readonly label: string;
  readonly text: string;
  readonly runs: readonly DiffRun[];
  readonly isHash: boolean;
}

function Side({ label, text, runs, isHash }: SideProps) {
  return (
    <p className="flex min-h-6 min-w-0 items-center gap-2 max-sm:items-start max-sm:flex-col max-sm:gap-0">
      <span className="w-[72px] shrink-0 text-13 text-muted">{label}</span>
      <span
        className={classNames(
          "min-w-0 font-mono text-12",
          isHash ? "max-sm:w-[20ch]" : "whitespace-pre-wrap break-all",
        )}
      >
        {isHash ? <GroupedRuns runs={runs} /> : <Runs runs={runs} />}
      </span>
      <span className="self-center max-sm:hidden">
        <CopyButton text={text} label={`Copy ${label.toLowerCase()} value`} />
      </span>
    </p>
  );
}

function Runs({ runs }: { readonly runs: readonly DiffRun[] }) {
  return runs.map((run) => (
    <span key={run.text} className={run.differs ? "text-fails" : undefined}>
      {clip(run.text, LONGEST)}
    </span>
  ));
}

/** Groups of four with a space between, so that a line may break there; colour character by character. */
function GroupedRuns({ runs }: { readonly runs: readonly DiffRun[] }) {
  const groups: { text: string; differs: boolean }[][] = [];
  let at = 0;
  for (const run of runs) {
    for (const character of run.text) {
      if (at % 4 === 0) groups.push([]);
      at += 1;
      const group = groups.at(-1);
      const last = group?.at(-1);
      if (last !== undefined && last.differs === run.differs) last.text += character;
      else group?.push({ text: character, differs: run.differs });
    }
  }
  return groups.map((group, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place in the hash is the group's identity.
    <span key={index}>
      {group.map((part, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          key={place}
          className={part.differs ? "text-fails" : undefined}
        >
          {part.text}
        </span>
      ))}{" "}
    </span>
  ));
}
