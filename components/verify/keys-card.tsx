import { KeyRound, ShieldQuestion } from "lucide-react";
import { Card, CardTitle } from "@/components/ui/card.tsx";
import { classNames } from "@/components/ui/class-names.ts";
import { HashText } from "@/components/ui/hash-text.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { STANDING_WORDS } from "@/lib/display/standing.ts";
import type { KeyRow, Verdict } from "@/lib/verification/report.ts";

/** Keys drawn; more are counted. */
const MOST_KEYS = 40;

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
              <th scope="col" className="py-1 pl-3 text-right font-medium max-sm:pl-2">
                Receipts fit
              </th>
              <th scope="col" className="py-1 pl-3 text-right font-medium max-sm:pl-2">
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
    row.standing === "pinned" ? KeyRound : row.standing === "no-trust" ? KeyRound : ShieldQuestion;
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
              <span
                className="block max-w-52 truncate text-12 text-muted max-sm:whitespace-normal"
                title={row.note}
              >
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
    <td className="py-1 pl-3 text-right tabular-nums max-sm:pl-2 sm:whitespace-nowrap">
      <span className={of.fit < of.total ? "font-semibold text-fails" : undefined}>
        {formatCount(of.fit)}
      </span>{" "}
      <span className="text-muted">/ {formatCount(of.total)}</span>
    </td>
  );
}
