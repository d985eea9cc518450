import {
  type Bound,
  type Connection,
  integerAt,
  type Row,
  textAt,
  textOrNullAt,
} from "./sqlite.ts";

/** What is known of a capability that was presented or issued; unsigned, a copy of the token's own words. */
export interface LineageRow {
  readonly capabilityId: string;
  readonly subjectKey: string;
  readonly issuerKey: string;
  /** Unix seconds. */
  readonly issuedAt: bigint;
  readonly expiresAt: bigint;
  /** Canonical JSON of the token's scope. */
  readonly grantsJson: string;
  readonly delegationDepth: bigint;
  readonly parentCapabilityId: string | null;
}

export interface LineageStore {
  /** Records a capability; the first record of an id stays, since a token never changes under its id. */
  record(row: LineageRow): void;
  byId(capabilityId: string): LineageRow | null;
  /** The capability and its ancestors, itself first; ends at an unknown parent, at a cycle, at 32. */
  chain(capabilityId: string): readonly LineageRow[];
  /** In the order of their ids after `capabilityId`, at most `limit`. */
  after(capabilityId: string, limit: number): readonly LineageRow[];
}

const COLUMNS =
  "capability_id, subject_key, issuer_key, issued_at, expires_at, grants_json, delegation_depth, parent_capability_id";
const LONGEST_CHAIN = 32;

export function lineageStore(connection: Connection): LineageStore {
  const insert = connection.prepare(
    `INSERT INTO capability_lineage (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (capability_id) DO NOTHING`,
  );
  const byId = connection.prepare(
    `SELECT ${COLUMNS} FROM capability_lineage WHERE capability_id = ?`,
  );
  const after = connection.prepare(
    `SELECT ${COLUMNS} FROM capability_lineage WHERE capability_id > ?
     ORDER BY capability_id LIMIT ?`,
  );
  const find = (id: string): LineageRow | null => {
    const row = byId.first(id);
    return row === null ? null : lineageOf(row);
  };
  return {
    record: (row) => insert.run(...valuesOf(row)),
    byId: find,
    chain(capabilityId) {
      const chain: LineageRow[] = [];
      const seen = new Set<string>();
      let next: string | null = capabilityId;
      while (next !== null && !seen.has(next) && chain.length < LONGEST_CHAIN) {
        seen.add(next);
        const row: LineageRow | null = find(next);
        if (row === null) {
          break;
        }
        chain.push(row);
        next = row.parentCapabilityId;
      }
      return chain;
    },
    after: (capabilityId, limit) => after.all(capabilityId, BigInt(limit)).map(lineageOf),
  };
}

function valuesOf(row: LineageRow): readonly Bound[] {
  return [
    row.capabilityId,
    row.subjectKey,
    row.issuerKey,
    row.issuedAt,
    row.expiresAt,
    row.grantsJson,
    row.delegationDepth,
    row.parentCapabilityId,
  ];
}

function lineageOf(row: Row): LineageRow {
  return {
    capabilityId: textAt(row, 0),
    subjectKey: textAt(row, 1),
    issuerKey: textAt(row, 2),
    issuedAt: integerAt(row, 3),
    expiresAt: integerAt(row, 4),
    grantsJson: textAt(row, 5),
    delegationDepth: integerAt(row, 6),
    parentCapabilityId: textOrNullAt(row, 7),
  };
}
