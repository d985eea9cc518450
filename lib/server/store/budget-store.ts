import { join } from "node:path";
import { applyBudgetEvent } from "@/kernel/economics/ledger.ts";
import {
  type BudgetEvent,
  type BudgetEventKind,
  NO_USAGE,
  type Usage,
} from "@/kernel/economics/model.ts";
import budgetTables from "./budgets.sql";
import {
  type Connection,
  integerAt,
  openStoreFile,
  type Row,
  textAt,
  textOrNullAt,
} from "./sqlite.ts";

export const BUDGET_STORE = "budgets.sqlite3";

/** The durable side of the budget book: every event, and what it left of its grant. */
export interface BudgetStore {
  readonly connection: Connection;
  /**
   * Records events in order; call inside `connection.write`. An event that is here already changes nothing.
   * Throws where an id comes with another content, or an event does not fit the usage.
   */
  record(events: readonly BudgetEvent[], at: bigint): void;
  usage(capabilityId: string, grantIndex: number): Usage;
  /** Every event in the order of its recording: a book that applies them stands where the store does. */
  events(): Generator<BudgetEvent, void>;
  close(): void;
}

/** The names that the shipped system's store has for the three kinds. */
const KIND_NAMES: Readonly<Record<BudgetEventKind, string>> = {
  authorize: "authorize_exposure",
  reverse: "reverse_hold",
  reconcile: "reconcile_spend",
};
const DISPOSITIONS: Readonly<Record<BudgetEventKind, string>> = {
  authorize: "open",
  reverse: "reversed",
  reconcile: "reconciled",
};
const KINDS: ReadonlyMap<string, BudgetEventKind> = new Map([
  [KIND_NAMES.authorize, "authorize"],
  [KIND_NAMES.reverse, "reverse"],
  [KIND_NAMES.reconcile, "reconcile"],
]);
const PAGE = 1000n;

/** Opens `budgets.sqlite3` of a data directory. */
export function openBudgetStore(directory: string): BudgetStore {
  const connection = openStoreFile(join(directory, BUDGET_STORE), { schema: [budgetTables] });
  const usageRow = connection.prepare(
    `SELECT b.invocation_count, b.total_cost_exposed, b.total_cost_realized_spend, c.currency
     FROM capability_grant_budgets b
     LEFT JOIN explorer_budget_currencies c USING (capability_id, grant_index)
     WHERE b.capability_id = ? AND b.grant_index = ?`,
  );
  const known = connection.prepare(`${EVENTS} WHERE e.event_id = ?`);
  const page = connection.prepare(`${EVENTS} WHERE e.event_seq > ? ORDER BY e.event_seq LIMIT ?`);
  const write = preparedWrites(connection);
  const usage = (capabilityId: string, grantIndex: number): Usage => {
    const row = usageRow.first(capabilityId, BigInt(grantIndex));
    return row === null ? NO_USAGE : usageOf(row);
  };
  return {
    connection,
    usage,
    record(events, at) {
      for (const event of events) {
        const earlier = known.first(event.id);
        if (earlier !== null) {
          requireSame(eventOf(earlier), event);
          continue;
        }
        const after = applyBudgetEvent(usage(event.capabilityId, event.grantIndex), event);
        if (!after.ok) {
          throw new RangeError(`budget event refused: ${after.error}`);
        }
        write(event, after.value, at);
      }
    },
    *events() {
      for (let from = 0n; ; ) {
        const rows = page.all(from, PAGE);
        for (const row of rows) {
          from = integerAt(row, 8);
          yield eventOf(row);
        }
        if (rows.length === 0) {
          return;
        }
      }
    },
    close: () => connection.close(),
  };
}

const EVENTS = `SELECT e.event_id, e.kind, e.hold_id, e.capability_id, e.grant_index, e.exposure_units,
    e.realized_spend_units, c.currency, e.event_seq
  FROM budget_mutation_events e
  LEFT JOIN explorer_budget_currencies c USING (capability_id, grant_index)`;

function preparedWrites(
  connection: Connection,
): (event: BudgetEvent, after: Usage, at: bigint) => void {
  const nextSeq = connection.prepare(
    `INSERT INTO budget_replication_meta (singleton, next_seq) VALUES (1, 1)
     ON CONFLICT (singleton) DO UPDATE SET next_seq = next_seq + 1 RETURNING next_seq`,
  );
  const insertEvent = connection.prepare(
    `INSERT INTO budget_mutation_events (
       event_id, hold_id, capability_id, grant_index, kind, allowed, recorded_at, event_seq,
       usage_seq, exposure_units, realized_spend_units, invocation_count_after,
       total_cost_exposed_after, total_cost_realized_spend_after
     ) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const upsertUsage = connection.prepare(
    `INSERT INTO capability_grant_budgets (
       capability_id, grant_index, invocation_count, updated_at, seq, total_cost_exposed,
       total_cost_realized_spend
     ) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (capability_id, grant_index) DO UPDATE SET
       invocation_count = excluded.invocation_count, updated_at = excluded.updated_at,
       seq = excluded.seq, total_cost_exposed = excluded.total_cost_exposed,
       total_cost_realized_spend = excluded.total_cost_realized_spend`,
  );
  const insertCurrency = connection.prepare(
    `INSERT INTO explorer_budget_currencies (capability_id, grant_index, currency) VALUES (?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const insertHold = connection.prepare(
    `INSERT INTO budget_authorization_holds (
       hold_id, capability_id, grant_index, authorized_exposure_units, remaining_exposure_units,
       invocation_count_debited, disposition, created_at, updated_at
     ) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)`,
  );
  const closeHold = connection.prepare(
    `UPDATE budget_authorization_holds
     SET remaining_exposure_units = 0, disposition = ?, updated_at = ?
     WHERE hold_id = ? AND disposition = 'open' AND authorized_exposure_units = ? RETURNING 1`,
  );
  return (event, after, at) => {
    const { capabilityId, units } = event;
    const grantIndex = BigInt(event.grantIndex);
    const seq = integerAt(nextSeq.first() ?? [], 0);
    const counts = [after.invocations, after.exposed, after.realized] as const;
    insertEvent.run(
      event.id,
      event.holdId,
      capabilityId,
      grantIndex,
      KIND_NAMES[event.kind],
      at,
      seq,
      seq,
      units,
      event.realized,
      ...counts,
    );
    upsertUsage.run(capabilityId, grantIndex, after.invocations, at, seq, ...counts.slice(1));
    if (event.currency !== null) {
      insertCurrency.run(capabilityId, grantIndex, event.currency);
    }
    const disposition = DISPOSITIONS[event.kind];
    if (event.kind === "authorize") {
      insertHold.run(event.holdId, capabilityId, grantIndex, units, units, disposition, at, at);
    } else if (closeHold.first(disposition, at, event.holdId, units) === null) {
      throw new RangeError(`budget event ${event.id} closes a hold that is not open`);
    }
  };
}

function usageOf(row: Row): Usage {
  return {
    invocations: integerAt(row, 0),
    exposed: integerAt(row, 1),
    realized: integerAt(row, 2),
    currency: textOrNullAt(row, 3),
  };
}

function eventOf(row: Row): BudgetEvent {
  const kind = KINDS.get(textAt(row, 1));
  if (kind === undefined) {
    throw new TypeError(`a budget event of the unknown kind ${textAt(row, 1)}`);
  }
  return {
    id: textAt(row, 0),
    kind,
    holdId: textAt(row, 2),
    capabilityId: textAt(row, 3),
    grantIndex: Number(integerAt(row, 4)),
    units: integerAt(row, 5),
    realized: integerAt(row, 6),
    currency: textOrNullAt(row, 7),
  };
}

/** The currency is the grant's and not the event's, so it is not compared. */
function requireSame(earlier: BudgetEvent, event: BudgetEvent): void {
  const same =
    earlier.kind === event.kind &&
    earlier.holdId === event.holdId &&
    earlier.capabilityId === event.capabilityId &&
    earlier.grantIndex === event.grantIndex &&
    earlier.units === event.units &&
    earlier.realized === event.realized;
  if (!same) {
    throw new RangeError(`budget event ${event.id} is here with another content`);
  }
}
