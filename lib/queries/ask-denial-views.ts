import type { Database } from "@/lib/database/database.ts";
import { number, numberOrNull, oneOf, type RawRow, text, textOrNull } from "@/lib/database/row.ts";
import type { DenialFilter } from "./denial-model.ts";
import {
  denialQuestion,
  type MatrixField,
  matrixQuestion,
  probesQuestion,
} from "./denial-questions.ts";
import type {
  ConsumerGroup,
  DenialMatrix,
  FirstSeen,
  FirstSeenList,
  PartitionCoverage,
  Probe,
  ProbeList,
  ProcessingFailure,
  RefusedCost,
  RefusedCosts,
  Retry,
  RetryList,
  ScopeSpread,
} from "./denial-views-model.ts";

/** @throws what {@link Database.ask} throws; so do all of these. */
export async function askMatrix(
  database: Database,
  filter: DenialFilter,
  row: MatrixField,
  column: MatrixField,
  signal?: AbortSignal,
): Promise<DenialMatrix> {
  const found = await database.ask(matrixQuestion(filter, row, column), decodeMatrixPart, signal);
  const lines = (part: "row" | "column") => found.filter((line) => line.part === part);
  const rows = lines("row");
  const columns = lines("column");
  const cells = found.filter((line) => line.part === "cell");
  return {
    rows: rows.map(({ value, denials }) => ({ value, denials })),
    columns: columns.map(({ value, denials }) => ({ value, denials })),
    cells: cells.map(({ place, columnPlace, denials }) => ({
      row: place,
      column: columnPlace ?? 0,
      denials,
    })),
    distinctRows: rows[0]?.distinct ?? 0,
    distinctColumns: columns[0]?.distinct ?? 0,
    total: found.find((line) => line.part === "total")?.denials ?? 0,
  };
}

export async function askFirstSeen(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<FirstSeenList> {
  const question = denialQuestion("denialFirstSeen", filter);
  const found = await database.ask(question, decodeFirstSeen, signal);
  return { pairs: found.map(({ pair }) => pair), distinct: found[0]?.distinct ?? 0 };
}

export async function askSpread(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<readonly ScopeSpread[]> {
  const found = await database.ask(denialQuestion("denialSpread", filter), decodeStep, signal);
  const scopes = new Map<string, { spread: ScopeSpread; steps: { agent: string; at: number }[] }>();
  for (const { scope, denials, agents, agent, at } of found) {
    let known = scopes.get(scope);
    if (known === undefined) {
      const steps: { agent: string; at: number }[] = [];
      known = { spread: { scope, denials, agents, steps }, steps };
      scopes.set(scope, known);
    }
    known.steps.push({ agent, at });
  }
  return [...scopes.values()].map(({ spread }) => spread);
}

export async function askProbes(
  database: Database,
  filter: DenialFilter,
  windowSeconds: number,
  signal?: AbortSignal,
): Promise<ProbeList> {
  const found = await database.ask(probesQuestion(filter, windowSeconds), decodeProbe, signal);
  return {
    probes: found.map(({ probe }) => probe),
    total: found[0]?.total ?? 0,
    agents: found[0]?.agents ?? 0,
  };
}

export async function askRetries(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<RetryList> {
  const found = await database.ask(denialQuestion("denialRetries", filter), decodeRetry, signal);
  return {
    retries: found.map(({ retry }) => retry),
    keys: found[0]?.keys ?? 0,
    denials: found[0]?.denials ?? 0,
  };
}

export async function askCosts(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<RefusedCosts> {
  const found = await database.ask(denialQuestion("denialCosts", filter), decodeCost, signal);
  return {
    totals: found.filter(({ agent }) => agent === null).map(({ cost }) => cost),
    agents: found.flatMap(({ agent, cost }) => (agent === null ? [] : [{ agent, ...cost }])),
  };
}

export async function askGroups(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<readonly ConsumerGroup[]> {
  const found = await database.ask(denialQuestion("denialGroups", filter), decodeGroup, signal);
  const groups = new Map<string, { group: ConsumerGroup; costs: RefusedCost[] }>();
  for (const { group, cost } of found) {
    const known = groups.get(group.group);
    const costs = known?.costs ?? [];
    if (cost !== null) {
      costs.push(cost);
    }
    groups.set(group.group, known ?? { group: { ...group, costs }, costs });
  }
  return [...groups.values()].map(({ group }) => group);
}

/** Of all receipts that name a partition and an offset, whatever the filter. */
export async function askCoverage(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<readonly PartitionCoverage[]> {
  const found = await database.ask(denialQuestion("denialCoverage", filter), decodeGap, signal);
  const partitions: { coverage: PartitionCoverage; widest: { from: string; to: string }[] }[] = [];
  for (const { coverage, gap } of found) {
    let last = partitions.at(-1);
    // Rows of one partition stand together.
    if (last?.coverage.topic !== coverage.topic || last.coverage.partition !== coverage.partition) {
      const widest: { from: string; to: string }[] = [];
      last = { coverage: { ...coverage, widest }, widest };
      partitions.push(last);
    }
    if (gap !== null) {
      last.widest.push(gap);
    }
  }
  return partitions.map(({ coverage }) => coverage);
}

/** Records that a connector could not process, whatever the filter. */
export function askFailures(
  database: Database,
  filter: DenialFilter,
  signal?: AbortSignal,
): Promise<readonly ProcessingFailure[]> {
  return database.ask(denialQuestion("denialFailures", filter), decodeFailure, signal);
}

function decodeMatrixPart(row: RawRow) {
  return {
    part: oneOf(row, "part", ["row", "column", "cell", "total"]),
    place: number(row, "place"),
    columnPlace: numberOrNull(row, "column_place"),
    value: text(row, "value"),
    denials: number(row, "denials"),
    distinct: number(row, "distinct_values"),
  };
}

function decodeFirstSeen(row: RawRow): { readonly pair: FirstSeen; readonly distinct: number } {
  const pair: FirstSeen = {
    kind: oneOf(row, "kind", ["scope", "tool"]),
    agent: text(row, "agent"),
    value: text(row, "value"),
    first: number(row, "first_second"),
    agentFirst: number(row, "agent_first"),
    denials: number(row, "denials"),
    allowed: number(row, "allowed"),
  };
  return { pair, distinct: number(row, "distinct_pairs") };
}

function decodeStep(row: RawRow) {
  return {
    scope: text(row, "scope"),
    denials: number(row, "denials"),
    agents: number(row, "agents"),
    agent: text(row, "agent"),
    at: number(row, "first_second"),
  };
}

function decodeProbe(row: RawRow) {
  const probe: Probe = {
    agent: text(row, "agent"),
    scope: text(row, "scope"),
    tool: text(row, "tool_name"),
    denied: number(row, "denied_row"),
    deniedAt: number(row, "denied_at"),
    allowed: number(row, "allowed_row"),
    allowedAt: number(row, "allowed_at"),
    gapSeconds: number(row, "gap_seconds"),
  };
  return { probe, total: number(row, "probes"), agents: number(row, "agents") };
}

function decodeRetry(row: RawRow) {
  const retry: Retry = {
    key: text(row, "message_key"),
    topic: text(row, "topic"),
    denials: number(row, "denials"),
    agents: number(row, "agents"),
    first: numberOrNull(row, "first_second"),
    last: numberOrNull(row, "last_second"),
    medianGapMs: numberOrNull(row, "median_gap"),
    regular: numberOrNull(row, "regular"),
    precision: row("every_ms") === true ? "millisecond" : "second",
  };
  return { retry, keys: number(row, "every_key"), denials: number(row, "every_denial") };
}

function decodeCost(row: RawRow): { readonly agent: string | null; readonly cost: RefusedCost } {
  const cost: RefusedCost = {
    currency: text(row, "cost_currency"),
    units: text(row, "units"),
    denials: number(row, "denials"),
  };
  return { agent: textOrNull(row, "agent"), cost };
}

function decodeGroup(row: RawRow) {
  const units = textOrNull(row, "units");
  return {
    group: {
      group: text(row, "consumer_group"),
      denials: number(row, "denials"),
      agents: number(row, "agents"),
      budget: number(row, "budget"),
      first: numberOrNull(row, "first_second"),
      last: numberOrNull(row, "last_second"),
    },
    cost:
      units === null
        ? null
        : { currency: text(row, "cost_currency"), units, denials: number(row, "priced") },
  };
}

function decodeGap(row: RawRow) {
  const from = textOrNull(row, "gap_from");
  const to = textOrNull(row, "gap_to");
  return {
    coverage: {
      topic: text(row, "topic"),
      partition: number(row, "source_partition"),
      offsets: number(row, "offsets"),
      from: text(row, "from_offset"),
      to: text(row, "to_offset"),
      absent: text(row, "absent"),
      gaps: number(row, "gaps"),
    },
    gap: from === null || to === null ? null : { from, to },
  };
}

function decodeFailure(row: RawRow): ProcessingFailure {
  return {
    failure: text(row, "failure"),
    records: number(row, "records"),
    topics: number(row, "topics"),
    first: numberOrNull(row, "first_ms"),
    last: numberOrNull(row, "last_ms"),
  };
}
