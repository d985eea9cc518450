import { Ban, Check } from "lucide-react";
import type { ReactNode } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { plural } from "@/lib/display/numbers.ts";
import type { ComparedGrant, JudgedOutcome } from "@/lib/playground/model.ts";

/** Grants that are drawn; more are counted. */
const MOST = 40;

/** Which part of each grant fits the call, and which does not. */
export function GrantsTable({ outcome }: { readonly outcome: JudgedOutcome }): ReactNode {
  const { grants, asked } = outcome;
  const fitting = grants.filter(fits).length;
  const constrained = grants.some(({ comparison }) => comparison.constraints.length > 0);
  if (grants.length === 0) {
    return (
      <p className="text-13 text-muted">
        {outcome.capability === null
          ? "No grants: there is no token that can be read."
          : "The capability grants nothing."}
      </p>
    );
  }
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h3 className="font-semibold text-13">
          {plural(grants.length, "grant")}, {fitting === 0 ? "none" : fitting}{" "}
          {fitting > 1 ? "fit" : "fits"}
        </h3>
        <p className="ml-auto min-w-0 text-12 text-muted [overflow-wrap:anywhere]">
          asked: <bdi className="font-mono">{visibleText(asked.serverId)}</bdi>,{" "}
          <bdi className="font-mono">{visibleText(asked.toolName)}</bdi>
        </p>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled must be reachable by keys. */}
      <section tabIndex={0} aria-label="Grants compared" className="overflow-x-auto">
        <table className="mt-1 w-full text-12">
          <thead>
            <tr className="text-left text-11 text-muted">
              <th scope="col" className="whitespace-nowrap py-1 pr-3 font-medium">
                Lines
              </th>
              <th scope="col" className="py-1 pr-3 font-medium">
                Server
              </th>
              <th scope="col" className="py-1 pr-3 font-medium">
                Tool
              </th>
              <th scope="col" className="py-1 pr-3 font-medium">
                Operation
              </th>
              {constrained ? (
                <th scope="col" className="py-1 font-medium">
                  Conditions
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {grants.slice(0, MOST).map((grant) => (
              <GrantRow key={grant.comparison.index} compared={grant} constrained={constrained} />
            ))}
          </tbody>
        </table>
      </section>
      {grants.length > MOST ? (
        <p className="pt-1 text-12 text-muted">And {plural(grants.length - MOST, "more grant")}.</p>
      ) : null}
    </>
  );
}

/** A grant covers the call when its target and every one of its conditions do. */
function fits({ comparison }: ComparedGrant): boolean {
  const { server, tool, operation } = comparison.target;
  return (
    server &&
    tool &&
    operation &&
    comparison.constraints.every(({ outcome }) => outcome.kind === "holds")
  );
}

interface GrantRowProps {
  readonly compared: ComparedGrant;
  readonly constrained: boolean;
}

function GrantRow({ compared, constrained }: GrantRowProps): ReactNode {
  const { comparison, lines } = compared;
  const { grant } = comparison;
  return (
    <tr className="border-hair border-t align-top">
      <td className="whitespace-nowrap py-1 pr-3 text-muted">{lineWords(compared, lines)}</td>
      <td className="whitespace-nowrap py-1 pr-3">
        <Part fits={comparison.target.server} text={grant.serverId} />
      </td>
      <td className="py-1 pr-3">
        <Part fits={comparison.target.tool} text={grant.toolName} />
      </td>
      <td className="whitespace-nowrap py-1 pr-3">
        <Part fits={comparison.target.operation} text={grant.operations.join(", ") || "none"} />
      </td>
      {constrained ? (
        <td className="py-1">
          {comparison.constraints.map(({ constraint, outcome }, place) => (
            <Part
              // biome-ignore lint/suspicious/noArrayIndexKey: a constraint is its place; two may be alike.
              key={place}
              fits={outcome.kind === "holds"}
              text={constraint.type}
            />
          ))}
        </td>
      ) : null}
    </tr>
  );
}

function lineWords({ comparison }: ComparedGrant, lines: ComparedGrant["lines"]): string {
  if (lines === null) return `#${comparison.index}`;
  return lines.from === lines.to ? String(lines.from) : `${lines.from} to ${lines.to}`;
}

function Part({ fits, text }: { readonly fits: boolean; readonly text: string }): ReactNode {
  return (
    <span className="flex items-start gap-1.5">
      {fits ? (
        <Check
          aria-hidden="true"
          size={14}
          strokeWidth={2.4}
          className="mt-px shrink-0 text-allowed"
        />
      ) : (
        <Ban
          aria-hidden="true"
          size={14}
          strokeWidth={2.2}
          className="mt-px shrink-0 text-denied"
        />
      )}
      <span className="sr-only">{fits ? "fits: " : "does not fit: "}</span>
      <bdi className="min-w-0 max-w-[36ch] font-mono [overflow-wrap:anywhere]">
        {visibleText(text)}
      </bdi>
    </span>
  );
}
