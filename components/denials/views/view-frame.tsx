import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { QueryProblem } from "@/components/receipts/query-problem.tsx";
import { SqlButton } from "@/components/ui/show-sql.tsx";
import type { DenialFilter } from "@/lib/queries/denial-model.ts";
import type { OnValue } from "../value-button.tsx";
import { VIEW_SENTENCES, VIEW_TITLES, type ViewName } from "./view-names.ts";

/** What every view is given. */
export interface ViewProps {
  readonly revision: number;
  readonly filter: DenialFilter;
  /** Whether all that is shown is of one day: then times need no date. */
  readonly isOneDay: boolean;
  readonly onValue: OnValue;
  readonly onLetter: (record: number) => void;
}

interface ViewFrameProps<Data> {
  readonly name: ViewName;
  readonly query: UseQueryResult<Data>;
  /** The statement behind the view; null where it is not a statement. */
  readonly sql: (() => string) | null;
  /** What is counted, beside the sentence. */
  readonly count?: (data: Data) => string;
  readonly isEmpty: (data: Data) => boolean;
  /** Said where there is nothing. */
  readonly none: string;
  readonly aside?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** A view under its sentence: waiting, empty, refused or shown. */
export function ViewFrame<Data>(props: ViewFrameProps<Data>): ReactNode {
  const { name, query, sql } = props;
  const { data } = query;
  return (
    <div aria-busy={query.isPlaceholderData} className="flex min-h-full flex-col bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-hair border-b px-[18px] py-1.5">
        <p className="min-w-0 text-12 text-fact">
          {data !== undefined && props.count !== undefined && !props.isEmpty(data) && (
            <span className="pr-1.5 font-semibold text-ink">{props.count(data)}</span>
          )}
          {VIEW_SENTENCES[name]}
        </p>
        <div className="ml-auto flex items-center gap-2">
          {props.aside}
          {sql !== null && (
            <SqlButton
              variant="quiet"
              of={VIEW_TITLES[name].toLowerCase()}
              statements={() => [{ title: VIEW_TITLES[name], sql: sql() }]}
            />
          )}
        </div>
      </div>
      {query.isError ? (
        <div className="p-[18px]">
          <QueryProblem
            title="This view could not be asked for."
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        </div>
      ) : data === undefined ? (
        <p role="status" className="p-6 text-center text-13 text-muted">
          Counting…
        </p>
      ) : props.isEmpty(data) ? (
        <p className="p-6 text-center text-13 text-fact">{props.none}</p>
      ) : (
        props.children(data)
      )}
    </div>
  );
}
