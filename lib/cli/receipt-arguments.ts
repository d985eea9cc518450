import { err, ok, type Result } from "@/kernel/result.ts";
import { DIRECTIONS, type Direction } from "@/lib/chain/model.ts";
import { type OptionTable, type ReadWords, readWords } from "./arguments.ts";
import type { NamedInputs } from "./open-inputs.ts";

/** One receipt, by its id or a beginning of it, and the files in which it is looked for. */
export interface OneReceipt extends NamedInputs {
  readonly id: string;
  readonly json: boolean;
}

export interface ChainArguments extends OneReceipt {
  readonly direction: Direction;
  /** Steps from the receipt; null for all. */
  readonly depth: number | null;
}

export interface ExplainArguments extends OneReceipt {
  readonly depth: number;
  /** Causes of one receipt that are listed. */
  readonly fanout: number;
  /** Only a receipt of this tenant is explained; null for any. */
  readonly tenant: string | null;
}

/** What decision a listed receipt must record. */
export const OUTCOMES = ["allow", "deny", "cancelled", "incomplete"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** All that is not null must hold. Times in Unix seconds, both ends inclusive; costs in minor units. */
export interface ListFilter {
  readonly capability: string | null;
  readonly toolServer: string | null;
  readonly toolName: string | null;
  readonly outcome: Outcome | null;
  readonly since: bigint | null;
  readonly until: bigint | null;
  readonly minCost: bigint | null;
  readonly maxCost: bigint | null;
  readonly tenant: string | null;
}

export interface ListArguments {
  readonly paths: readonly string[];
  readonly filter: ListFilter;
  readonly limit: number;
  /** Receipts at or before it are left out; null for none. */
  readonly cursor: number | null;
}

/** Receipts of one page at most. */
export const MOST_LISTED = 10_000;
const MOST_STEPS = 1_000_000;
const STORE = { "--receipt-db": "a file" } as const;
const ONE: OptionTable = {
  values: { ...STORE, "--trust": "a file" },
  repeatable: ["--receipt-db"],
  flags: ["--json"],
};
const CHAIN: OptionTable = {
  ...ONE,
  values: { ...ONE.values, "--direction": DIRECTIONS.join(", "), "--depth": "a number of steps" },
};
const EXPLAIN: OptionTable = {
  values: {
    ...ONE.values,
    "--input-file": "a file",
    "--depth": "a number of steps",
    "--fanout-limit": "a number of receipts",
    "--tenant": "a tenant",
  },
  repeatable: ["--receipt-db", "--input-file"],
  flags: ["--json", "--admin-all"],
};
const LIST: OptionTable = {
  values: {
    ...STORE,
    "--capability": "an id",
    "--tool-server": "a name",
    "--tool-name": "a name",
    "--outcome": OUTCOMES.join(", "),
    "--since": "a time in Unix seconds",
    "--until": "a time in Unix seconds",
    "--min-cost": "an amount in minor units",
    "--max-cost": "an amount in minor units",
    "--limit": "a number of receipts",
    "--cursor": "a number",
    "--tenant": "a tenant",
  },
  repeatable: ["--receipt-db"],
  flags: ["--json", "--admin-all"],
};

/** Reads `ID PATH... [--trust FILE] [--json]`. The error is a sentence, here and below. */
export function parseOneReceipt(words: readonly string[]): Result<OneReceipt, string> {
  const read = readWords(words, ONE);
  return read.ok ? oneReceipt(read.value) : read;
}

/** Reads `ID [--direction D] [--depth N] PATH... [--trust FILE] [--json]`. */
export function parseChainArguments(words: readonly string[]): Result<ChainArguments, string> {
  const read = readWords(words, CHAIN);
  if (!read.ok) {
    return read;
  }
  const values = new Values(read.value.values);
  const direction = values.oneOf("--direction", DIRECTIONS) ?? "forward";
  const depth = values.count("--depth", 0, MOST_STEPS);
  const one = values.problem === null ? oneReceipt(read.value) : err(values.problem);
  return one.ok ? ok({ ...one.value, direction, depth }) : one;
}

/** Reads `ID PATH... [--depth 8] [--fanout-limit 32] [--tenant T | --admin-all] [--trust FILE] [--json]`. */
export function parseExplainArguments(words: readonly string[]): Result<ExplainArguments, string> {
  const read = readWords(words, EXPLAIN);
  if (!read.ok) {
    return read;
  }
  const values = new Values(read.value.values);
  const depth = values.count("--depth", 0, MOST_STEPS) ?? 8;
  const fanout = values.count("--fanout-limit", 1, MOST_STEPS) ?? 32;
  const tenant = values.tenant(read.value);
  const one = values.problem === null ? oneReceipt(read.value) : err(values.problem);
  return one.ok ? ok({ ...one.value, depth, fanout, tenant }) : one;
}

/** Reads `PATH...` with the filters, `--limit` and `--cursor`; `--json` is what it does anyway. */
export function parseListArguments(words: readonly string[]): Result<ListArguments, string> {
  const read = readWords(words, LIST);
  if (!read.ok) {
    return read;
  }
  const values = new Values(read.value.values);
  const filter: ListFilter = {
    capability: values.text("--capability"),
    toolServer: values.text("--tool-server"),
    toolName: values.text("--tool-name"),
    outcome: values.oneOf("--outcome", OUTCOMES),
    since: values.amount("--since"),
    until: values.amount("--until"),
    minCost: values.amount("--min-cost"),
    maxCost: values.amount("--max-cost"),
    tenant: values.tenant(read.value),
  };
  const limit = values.count("--limit", 1, MOST_LISTED) ?? 50;
  const cursor = values.count("--cursor", 0, Number.MAX_SAFE_INTEGER);
  const paths = [...read.value.repeated, ...read.value.words];
  if (values.problem !== null) {
    return err(values.problem);
  }
  return paths.length === 0 ? err(NO_PATH) : ok({ paths, filter, limit, cursor });
}

const NO_PATH = "no path was given: name files, folders or stores, or - for standard input";

function oneReceipt({ values, flags, repeated, words }: ReadWords): Result<OneReceipt, string> {
  const [id, ...named] = words;
  const paths = [...repeated, ...named];
  if (id === undefined || id === "") {
    return err("no receipt was named");
  }
  return paths.length === 0
    ? err(NO_PATH)
    : ok({ id, paths, trust: values.get("--trust") ?? null, json: flags.has("--json") });
}

/** Reads the values of options, and keeps the first that cannot be read. */
class Values {
  problem: string | null = null;
  readonly #values: ReadonlyMap<string, string>;

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  text(name: string): string | null {
    return this.#values.get(name) ?? null;
  }

  count(name: string, least: number, most: number): number | null {
    const given = this.#values.get(name);
    const number = given !== undefined && DIGITS.test(given) ? Number(given) : Number.NaN;
    if (given === undefined || (number >= least && number <= most)) {
      return given === undefined ? null : number;
    }
    return this.#refuse(`${name} is a number from ${least} to ${most}, not ${given}`);
  }

  /** An unsigned 64-bit integer. */
  amount(name: string): bigint | null {
    const given = this.#values.get(name);
    if (given === undefined || (DIGITS.test(given) && BigInt(given) < 1n << 64n)) {
      return given === undefined ? null : BigInt(given);
    }
    return this.#refuse(`${name} is a whole number of 64 bits, not ${given}`);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | null {
    const given = this.#values.get(name);
    const found = allowed.find((each) => each === given);
    if (given === undefined || found !== undefined) {
      return found ?? null;
    }
    return this.#refuse(`${name} is one of ${allowed.join(", ")}, not ${given}`);
  }

  tenant({ flags }: ReadWords): string | null {
    const tenant = this.text("--tenant");
    return tenant !== null && flags.has("--admin-all")
      ? this.#refuse("--tenant and --admin-all exclude each other")
      : tenant;
  }

  #refuse(sentence: string): null {
    this.problem ??= sentence;
    return null;
  }
}

const DIGITS = /^[0-9]{1,20}$/;
