"use client";

import { useSyncExternalStore } from "react";
import { ResultRows } from "@/lib/workbench/result-rows.ts";
import { REFUSED_FUNCTIONS } from "@/lib/workbench/statement.ts";
import { runOnce, WorkbenchDesk, type WorkbenchState } from "./workbench-desk.ts";

let desk: WorkbenchDesk | null = null;

/** The page's one workbench. */
export function currentWorkbench(): WorkbenchDesk {
  desk ??= new WorkbenchDesk();
  return desk;
}

export function useWorkbench(): WorkbenchState {
  const { subscribe, snapshot } = currentWorkbench();
  return useSyncExternalStore(subscribe, snapshot, snapshot);
}

const FUNCTIONS = `select distinct function_name from duckdb_functions()
where function_type in ('scalar', 'aggregate', 'macro')
  and regexp_full_match(function_name, '[a-z][a-z0-9_]*') and not starts_with(function_name, '__')
order by 1`;

let functions: Promise<readonly string[]> | null = null;

/** Names of the engine's functions, for completion; none where they could not be asked. */
export function functionNames(): Promise<readonly string[]> {
  functions ??= runOnce(FUNCTIONS, new AbortController().signal).then((outcome) => {
    if (outcome.kind === "problem") {
      functions = null;
      return [];
    }
    return new ResultRows(outcome.result)
      .texts(0, 200)
      .flatMap((name) => (name === null || REFUSED_FUNCTIONS.has(name) ? [] : [name]));
  });
  return functions;
}

/** Fetches what the workbench loads lazily; nothing may be asked of the network later. */
export async function warmWorkbench(): Promise<void> {
  await Promise.all([
    import("@/lib/database/user-query.ts"),
    import("@/lib/workbench/export/maker.ts"),
  ]);
}
