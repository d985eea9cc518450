import type { ReactNode } from "react";
import { formatCount } from "@/lib/display/numbers.ts";
import type { DenialFacet, PatternDetail, PrevalenceField } from "@/lib/queries/denial-model.ts";
import { LogText } from "../log-text.tsx";
import { policyHash } from "../log-words.ts";
import type { OnValue } from "../value-button.tsx";

const TITLES: Readonly<Record<PrevalenceField, string>> = {
  agent: "Agent",
  scope: "Scope",
  tool: "Tool",
  topic: "Topic",
  capability: "Capability",
  service: "Service",
  policy: "Policy",
  group: "Consumer group",
  key: "Message key",
};
const FACETS: Readonly<Partial<Record<PrevalenceField, DenialFacet>>> = {
  agent: "agent",
  scope: "scope",
  tool: "tool",
  topic: "topic",
  service: "service",
  policy: "policy",
  group: "group",
};

interface PrevalenceTableProps {
  readonly detail: PatternDetail;
  readonly onValue: OnValue;
}

/** Values of the pattern's denials, how often each is here and elsewhere, and whether it was there before. */
export function PrevalenceTable({ detail, onValue }: PrevalenceTableProps): ReactNode {
  const { prevalence, distinct } = detail;
  const fields = [...new Set(prevalence.map(({ field }) => field))];
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-12">
        <thead>
          <tr className="text-11 text-fact">
            <th scope="col" className="w-full pb-1 text-left font-normal">
              value
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-normal">
              here
            </th>
            <th scope="col" className="whitespace-nowrap pb-1 pl-3 text-right font-normal">
              elsewhere
            </th>
            <th scope="col" className="pb-1 pl-3 text-right font-normal">
              before
            </th>
          </tr>
        </thead>
        {fields.map((field) => {
          const values = prevalence.filter((each) => each.field === field);
          const more = distinct[field] - values.length;
          return (
            <tbody key={field}>
              <tr>
                <th
                  scope="rowgroup"
                  colSpan={4}
                  className="border-hair border-t pt-1.5 text-left font-normal text-11 text-muted"
                >
                  {TITLES[field]}
                  {more > 0 && `, top ${values.length} of ${formatCount(distinct[field])}`}
                </th>
              </tr>
              {values.map((each) => {
                const facet = FACETS[field];
                const text = field === "policy" ? policyHash(each.value) : each.value;
                return (
                  <tr key={each.value}>
                    <th scope="row" className="max-w-0 py-0.5 text-left font-normal">
                      {facet === undefined ? (
                        <LogText text={text} mono className="block truncate" />
                      ) : (
                        <button
                          type="button"
                          title="Show only these"
                          onClick={() => onValue("include", facet, each.value)}
                          className="block min-h-6 max-w-full cursor-pointer truncate rounded-control text-left hover:underline"
                        >
                          <LogText text={text} mono />
                        </button>
                      )}
                    </th>
                    <td className="pl-3 text-right font-semibold tabular-nums">
                      {formatCount(each.denials)}
                    </td>
                    <td className="pl-3 text-right text-fact tabular-nums">
                      {formatCount(each.outside + each.allowed)}
                    </td>
                    <td className="whitespace-nowrap pl-3 text-right text-fact tabular-nums">
                      {each.before === 0 ? (
                        <span className="font-semibold text-ink">never before</span>
                      ) : (
                        formatCount(each.before)
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}
