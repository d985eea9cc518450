import type { Database } from "@/lib/database/database.ts";
import { number, numberOrNull, type RawRow, text, textOrNull } from "@/lib/database/row.ts";
import type { DenialFilter, PatternKey } from "./denial-model.ts";
import { type DenialQuestion, denialQuestion, patternFilter } from "./denial-questions.ts";
import type {
  Reading,
  ReadingEvidence,
  ReadingFact,
  TwoReadings,
} from "./denial-readings-model.ts";
import { denialSql } from "./denial-sql.ts";

/** A policy that came up this long before the first denial is near enough to be told of. */
const POLICY_SECONDS = 3600;
/** Shares of gaps near their median above which retries are even, and below which they are not. */
const EVEN = 0.8;
const UNEVEN = 0.5;

type Sign = "for" | "against";

/**
 * What speaks for and against two readings of one pattern. Each fact is counted by one statement, which is
 * given with it; nothing here weighs one against another.
 *
 * @throws what {@link Database.ask} throws
 */
export async function askReadings(
  database: Database,
  filter: DenialFilter,
  key: PatternKey,
  signal?: AbortSignal,
): Promise<TwoReadings> {
  const own = patternFilter(filter, key);
  const evidence: ReadingEvidence[] = [];
  const lay = (
    question: DenialQuestion,
    fact: ReadingFact,
    readings: readonly (readonly [Reading, Sign])[],
  ) => {
    const sql = denialSql(question);
    for (const [reading, sign] of readings) {
      evidence.push({ reading, sign, fact, sql });
    }
  };
  const ask = async <Row>(
    name: Parameters<typeof denialQuestion>[0],
    decode: (row: RawRow) => Row,
  ): Promise<{ readonly question: DenialQuestion; readonly rows: readonly Row[] }> => {
    const question = denialQuestion(name, own);
    return { question, rows: await database.ask(question, decode, signal) };
  };

  const policy = await ask("denialReadingPolicy", decodePolicy);
  const began = policy.rows[0] ?? { first: null, last: null, change: null };
  if (began.change !== null && began.change.secondsBefore <= POLICY_SECONDS) {
    lay(policy.question, began.change, [["misconfiguration", "for"]]);
  } else if (began.first !== null) {
    const fact = { kind: "no-policy-change", withinSeconds: POLICY_SECONDS } as const;
    lay(policy.question, fact, [["misconfiguration", "against"]]);
  }

  const retries = await ask("denialReadingRetries", decodeRetries);
  for (const fact of retries.rows) {
    if (fact.gaps > 0 && fact.regular >= EVEN) {
      lay(retries.question, fact, [
        ["misconfiguration", "for"],
        ["attack", "against"],
      ]);
    } else if (fact.gaps > 0 && fact.regular < UNEVEN) {
      lay(retries.question, fact, [["misconfiguration", "against"]]);
    }
  }

  const actors = await ask("denialReadingActors", decodeActors);
  for (const fact of actors.rows) {
    if (fact.newCapabilities > 0) {
      lay(actors.question, fact, [["attack", "for"]]);
    } else if (fact.agents === 1 && fact.groups <= 1) {
      lay(actors.question, fact, [["misconfiguration", "for"]]);
    }
  }

  const tools = await ask("denialReadingTools", decodeTool);
  const [tried] = tools.rows;
  if (tried !== undefined) {
    const order = tools.rows.map(({ value, at }) => ({ value, at }));
    const { tools: count, otherTools, scopes } = tried;
    const fact = { kind: "other-tools", tools: count, otherTools, scopes, order } as const;
    lay(
      tools.question,
      fact,
      otherTools > 0
        ? [
            ["attack", "for"],
            ["misconfiguration", "against"],
          ]
        : [["attack", "against"]],
    );
  }

  const asked = await ask("denialReadingAsked", decodeAsked);
  for (const { before, allowedBefore, allowedAfter } of began.first === null ? [] : asked.rows) {
    const fact = { kind: "asked-before", before, allowedBefore } as const;
    if (allowedBefore > 0) {
      lay(asked.question, fact, [["misconfiguration", "for"]]);
    } else {
      lay(asked.question, fact, [["attack", before === 0 ? "for" : "against"]]);
    }
    const after = { kind: "allowed-after", count: allowedAfter } as const;
    lay(asked.question, after, [["attack", allowedAfter > 0 ? "for" : "against"]]);
  }
  return { first: began.first, last: began.last, evidence };
}

function decodePolicy(row: RawRow) {
  const policy = textOrNull(row, "policy_hash");
  const at = numberOrNull(row, "changed_at");
  const secondsBefore = numberOrNull(row, "seconds_before");
  return {
    first: numberOrNull(row, "first_second"),
    last: numberOrNull(row, "last_second"),
    change:
      policy === null || at === null || secondsBefore === null
        ? null
        : ({ kind: "policy-change", policy, at, secondsBefore } as const),
  };
}

function decodeRetries(row: RawRow) {
  return {
    kind: "retries",
    keys: number(row, "keys"),
    gaps: number(row, "gaps"),
    medianMs: numberOrNull(row, "median_gap") ?? 0,
    regular: numberOrNull(row, "regular") ?? 0,
    precision: row("every_ms") === true ? "millisecond" : "second",
  } as const;
}

function decodeActors(row: RawRow) {
  return {
    kind: "actors",
    agents: number(row, "agents"),
    groups: number(row, "groups"),
    capabilities: number(row, "capabilities"),
    newCapabilities: number(row, "new_capabilities"),
    keys: number(row, "keys"),
  } as const;
}

function decodeTool(row: RawRow) {
  return {
    value: text(row, "value"),
    at: number(row, "first_second"),
    tools: number(row, "tools"),
    otherTools: number(row, "other_tools"),
    scopes: number(row, "scopes"),
  };
}

function decodeAsked(row: RawRow) {
  return {
    before: number(row, "before"),
    allowedBefore: number(row, "allowed_before"),
    allowedAfter: number(row, "allowed_after"),
  };
}
