import { Key, KeyRound, ShieldQuestion } from "lucide-react";
import { Card, CardTitle } from "@/components/ui/card.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { HashText } from "@/components/ui/hash-text.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { STANDING_WORDS } from "@/lib/display/standing.ts";
import type { SelfTestState } from "@/lib/session/model.ts";
import type { KeyRow, Verdict } from "@/lib/verification/report.ts";

const MOST_KEYS = 40;
const MOST_FILES = 60;

/** The keys met in the data, their fingerprints, and how they stand with what is pinned. */
export function KeysCard({ verdict }: { readonly verdict: Verdict }) {
  const { keys } = verdict;
  const pinned = keys.filter((key) => key.standing === "pinned").length;
  return (
    <Card className="p-3.5">
      <CardTitle
        title="Keys"
        note={`${formatCount(keys.length)} found, ${formatCount(pinned)} pinned`}
      />
      {keys.length === 0 ? null : (
        <table className="mt-1.5 w-full text-13">
          <thead>
            <tr className="text-12 text-muted">
              <th scope="col" className="py-1 text-left font-medium">
                Key
              </th>
              <th scope="col" className="py-1 pl-3 text-right font-medium">
                Receipts fit
              </th>
              <th scope="col" className="py-1 pl-3 text-right font-medium">
                Checkpoints
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.slice(0, MOST_KEYS).map((key) => (
              <KeyLine key={key.key} row={key} />
            ))}
          </tbody>
        </table>
      )}
      {keys.length > MOST_KEYS ? (
        <p className="mt-1 text-12 text-muted">
          And {plural(keys.length - MOST_KEYS, "more key")}.
        </p>
      ) : null}
    </Card>
  );
}

function KeyLine({ row }: { readonly row: KeyRow }) {
  const Icon =
    row.standing === "pinned" ? Key : row.standing === "no-trust" ? KeyRound : ShieldQuestion;
  const refused =
    row.standing === "weak" ||
    row.standing === "other-role" ||
    row.standing === "outside-window" ||
    row.standing === "not-pinned";
  return (
    <tr className="border-hair border-t align-top">
      <td className="py-1 pr-2">
        <span className="flex items-center gap-2">
          <Icon
            aria-hidden="true"
            size={14}
            className={classNames(
              "shrink-0",
              row.standing === "pinned" ? "text-verified" : refused ? "text-fails" : "text-muted",
            )}
          />
          <span className="min-w-0">
            <span className={classNames("font-medium", refused && "text-fails")}>
              {STANDING_WORDS[row.standing]}
            </span>{" "}
            <HashText value={row.key} label="Public key" />
            {row.note === "" ? null : (
              <span className="block max-w-52 truncate text-12 text-muted" title={row.note}>
                {row.note}
              </span>
            )}
          </span>
        </span>
      </td>
      <Fraction of={row.receipts} />
      <Fraction of={row.checkpoints} />
    </tr>
  );
}

function Fraction({ of }: { readonly of: { readonly fit: number; readonly total: number } }) {
  return (
    <td className="whitespace-nowrap py-1 pl-3 text-right tabular-nums">
      <span className={of.fit < of.total ? "font-semibold text-fails" : undefined}>
        {formatCount(of.fit)}
      </span>{" "}
      <span className="text-muted">/ {formatCount(of.total)}</span>
    </td>
  );
}

/** Every file, hashed as it was read. */
export function FilesCard({ verdict }: { readonly verdict: Verdict }) {
  const { inputs } = verdict.report;
  return (
    <Card className="p-3.5">
      <CardTitle title="Files" note="read and hashed here" />
      <table className="mt-1.5 w-full table-fixed text-13">
        <thead>
          <tr className="text-12 text-muted">
            <th scope="col" className="py-1 text-left font-medium">
              File
            </th>
            <th scope="col" className="w-16 py-1 text-right font-medium">
              Rows
            </th>
            <th scope="col" className="w-28 py-1 pl-3 text-left font-medium">
              SHA-256
            </th>
          </tr>
        </thead>
        <tbody>
          {inputs.slice(0, MOST_FILES).map((input) => (
            <tr key={`${input.path} ${input.sha256}`} className="border-hair border-t align-top">
              <td className="py-1 pr-2">
                <span className="block truncate" title={input.path}>
                  {input.path}
                </span>
                <span className="block truncate text-12 text-muted">
                  {input.recognised_as}
                  {input.rejected > 0 ? `, ${plural(input.rejected, "row")} not understood` : ""}
                </span>
              </td>
              <td className="py-1 text-right tabular-nums">{formatCount(input.rows)}</td>
              <td className="py-0.5 pl-3">
                <HashText value={input.sha256} label={`SHA-256 of ${input.path}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {inputs.length > MOST_FILES ? (
        <p className="mt-1 text-12 text-muted">
          And {plural(inputs.length - MOST_FILES, "more file")}, in the report.
        </p>
      ) : null}
    </Card>
  );
}

/** The questions with known answers that ran before the verdict, and how much was checked twice. */
export function SelfTestCard({
  selfTest,
  verdict,
}: {
  readonly selfTest: SelfTestState | null;
  readonly verdict: Verdict;
}) {
  const { refereed } = verdict;
  return (
    <Card className="p-3.5">
      <CardTitle
        title="Self-test"
        aside={
          selfTest === null ? undefined : (
            <span
              className={
                selfTest.failures.length === 0
                  ? "font-semibold text-13 text-verified"
                  : "font-semibold text-13 text-fails"
              }
            >
              {formatCount(selfTest.accepted.passed + selfTest.refused.passed)} /{" "}
              {formatCount(selfTest.accepted.total + selfTest.refused.total)} as expected
            </span>
          )
        }
      />
      {selfTest === null ? null : (
        <div className="mt-1.5 flex flex-col gap-1 text-13">
          <Marks
            words={`Refuses ${selfTest.refused.total} known-bad`}
            of={selfTest.refused}
            solid
          />
          <Marks
            words={`Accepts ${selfTest.accepted.total} known-good`}
            of={selfTest.accepted}
            solid={false}
          />
        </div>
      )}
      <p className="mt-1.5 text-13 text-muted">Ran in this browser, before the verdict.</p>
      <p className="text-13 text-muted">
        {refereed.disagreements === 0
          ? `${formatCount(refereed.checked)} of ${plural(refereed.signatures, "signature")} checked twice, by both rules: no disagreement.`
          : `${formatCount(refereed.checked)} of ${plural(refereed.signatures, "signature")} checked twice: ${plural(refereed.disagreements, "disagreement")}.`}
      </p>
    </Card>
  );
}

/** Marks drawn one by one; beyond this the numbers stand alone. */
const MOST_MARKS = 24;

function Marks({
  words,
  of,
  solid,
}: {
  readonly words: string;
  readonly of: { readonly passed: number; readonly total: number };
  readonly solid: boolean;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <span className="w-40 text-fact">{words}</span>
      {of.total <= MOST_MARKS ? (
        <span aria-hidden="true" className="flex flex-wrap gap-[3px]">
          {Array.from({ length: of.total }, (_, index) => (
            <span
              // biome-ignore lint/suspicious/noArrayIndexKey: the marks are a count.
              key={index}
              className={classNames(
                "keeps-colour size-2.5 rounded-[2px] border",
                index >= of.passed
                  ? "border-fails border-dashed"
                  : solid
                    ? "border-verified bg-verified"
                    : "border-verified",
              )}
            />
          ))}
        </span>
      ) : null}
      <span className="sr-only">{`${of.passed} of ${of.total} as expected`}</span>
    </div>
  );
}
