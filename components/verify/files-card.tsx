import { Card, CardTitle } from "@/components/ui/card.tsx";
import { HashText } from "@/components/ui/hash-text.tsx";
import { groupInputs } from "@/lib/display/input-groups.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { Verdict } from "@/lib/verification/report.ts";

/** Files drawn; more are counted, and all are in the report. */
const MOST_FILES = 60;

/** Every file, hashed as it was read; members under the folder or archive they came in. */
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
        {groupInputs(inputs.slice(0, MOST_FILES)).map((group) => (
          <tbody key={group.key} className="border-hair border-t">
            {group.collection === "" ? null : (
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={3}
                  title={group.collection}
                  className="truncate pt-1 text-left font-semibold"
                >
                  {group.collection}
                </th>
              </tr>
            )}
            {group.inputs.map(({ name, input }) => (
              <tr key={`${input.path} ${input.sha256}`}>
                <td
                  className="truncate py-0.5 pr-2"
                  title={`${input.path}: ${input.recognised_as}`}
                >
                  {group.collection === "" ? null : (
                    <span
                      aria-hidden="true"
                      className="mr-2 inline-block h-2.5 w-2 border-strong border-b border-l align-[3px]"
                    />
                  )}
                  {name}
                  {input.rejected > 0 ? (
                    <span className="text-12 text-muted">
                      , {formatCount(input.rejected)} not understood
                    </span>
                  ) : null}
                </td>
                <td className="py-0.5 text-right tabular-nums">{formatCount(input.rows)}</td>
                <td className="pl-3">
                  <HashText value={input.sha256} label={`SHA-256 of ${input.path}`} />
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {inputs.length > MOST_FILES ? (
        <p className="mt-1 text-12 text-muted">
          And {plural(inputs.length - MOST_FILES, "more file")}, in the report.
        </p>
      ) : null}
    </Card>
  );
}
