"use client";

import { Filter } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { stateOfFilter } from "@/components/denials/filter-values.ts";
import * as denialsPage from "@/components/denials/page-fragment.ts";
import { useLinkTokens } from "@/components/denials/use-link-tokens.ts";
import * as receiptsPage from "@/components/receipts/page-fragment.ts";
import { MOST_LINKED_ROWS } from "@/components/receipts/row-list.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { DenialFilter } from "@/lib/queries/denial-model.ts";
import {
  filterFromResult,
  MOST_VALUES,
  type NoFilter,
  type ResultFilter,
  type TakenColumn,
} from "@/lib/queries/filter-from-result.ts";
import { digestHint, type LinkTokens } from "@/lib/session/link-tokens.ts";
import type { ResultRows } from "@/lib/workbench/result-rows.ts";

/** Values that the address of a page takes for one facet. */
const MOST_LINKED = 100;

interface UseAsFilterProps {
  readonly rows: ResultRows;
  readonly order: Int32Array;
}

/** Takes the rows that are shown to Receipts or Denials, by the values of the columns that these know. */
export function UseAsFilter({ rows, order }: UseAsFilterProps): ReactNode {
  const router = useRouter();
  const tokens = useLinkTokens();
  const [found, setFound] = useState<ResultFilter | NoFilter | null>(null);
  return (
    <DialogTrigger onOpenChange={(open) => setFound(open ? filterOf(rows, order) : null)}>
      <Button aria-label="Use as filter">
        <Filter aria-hidden size={15} />
        <span className="max-lg:hidden">Use as filter</span>
      </Button>
      <Popover
        placement="bottom end"
        className="w-[min(320px,calc(100vw-24px))] rounded-card border border-border bg-raised p-3.5 shadow-popover"
      >
        <Dialog aria-label="Use as filter" className="flex flex-col gap-2.5 outline-none">
          {found !== null && <Words found={found} />}
          {found?.kind === "filter" && (
            <div className="flex gap-2">
              <Button
                isDisabled={found.receipts === null}
                onPress={() => {
                  const state = receiptsPage.readFragment("");
                  if (found.receipts !== null) {
                    const filter = found.receipts;
                    router.push(`/receipts#${receiptsPage.writeFragment({ ...state, filter })}`);
                  }
                }}
              >
                Show receipts
              </Button>
              <Button
                // The address of Denials names no rows: without them more would be shown than was found.
                isDisabled={
                  found.denials === null || found.denials.rows !== undefined || tokens === null
                }
                onPress={() => {
                  if (found.denials !== null && tokens !== null) {
                    router.push(`/denials#${denialsFragment(found.denials, tokens)}`);
                  }
                }}
              >
                Show denials
              </Button>
            </div>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Words({ found }: { readonly found: ResultFilter | NoFilter }): ReactNode {
  switch (found.kind) {
    case "no-rows":
      return <p className="text-13 text-fact">There is no row to make a filter of.</p>;
    case "no-column":
      return (
        <p className="text-13 text-fact">
          A filter takes columns of these names: {found.names.join(", ")}.
        </p>
      );
    case "too-many":
      return (
        <p className="text-13 text-fact">
          The column {visibleText(found.column)} has {plural(found.values, "value")}; a filter takes
          at most {formatCount(mostOf(found.column))}. A cut list would leave rows out without
          saying so.
        </p>
      );
    case "filter":
      return (
        <div className="flex flex-col gap-1 text-13 text-fact">
          <p>Receipts take {takenWords(found.taken.filter(({ receipts }) => receipts))}.</p>
          <p>Denials take {takenWords(found.taken.filter(({ denials }) => denials))}.</p>
          <p>Columns restrict one by one: every combination of their values is shown.</p>
        </div>
      );
  }
}

function takenWords(taken: readonly TakenColumn[]): string {
  return taken.length === 0
    ? "none of its columns"
    : taken
        .map(({ column, values }) => `${visibleText(column)} (${plural(values, "value")})`)
        .join(", ");
}

/** The filter that the rows make, where the address of a page can hold all of it. */
function filterOf(rows: ResultRows, order: Int32Array): ResultFilter | NoFilter {
  const { columns } = rows.result;
  const cells = Array.from(order.subarray(0, 100_000), (row) =>
    columns.map((_, at) => rows.text(row, at)),
  );
  const found = filterFromResult(
    columns.map(({ name }) => name),
    cells,
  );
  if (found.kind !== "filter") {
    return found;
  }
  const large = found.taken.find(({ column, values }) => values > mostOf(column));
  return large === undefined
    ? found
    : { kind: "too-many", column: large.column, values: Math.min(large.values, MOST_VALUES) };
}

function mostOf(column: string): number {
  return column === "row" || column === "number" ? MOST_LINKED_ROWS : MOST_LINKED;
}

function denialsFragment(filter: DenialFilter, tokens: LinkTokens): string {
  return denialsPage.writeFragment({
    ...denialsPage.readFragment(""),
    ...stateOfFilter(filter, tokens),
    data: digestHint(tokens.digest),
  });
}
