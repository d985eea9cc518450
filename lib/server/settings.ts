import { isAbsolute, resolve } from "node:path";
import { err, ok, type Result } from "@/kernel/result.ts";

/** How the server is set up: everything from the environment, validated once, before anything is opened. */
export interface Settings {
  /** Stores, keys and the control token; made when absent, for its owner alone. */
  readonly dataDirectory: string;
  /** A policy file; null for the built-in default. */
  readonly policyFile: string | null;
  /** A JSON file of MCP tool servers; null evaluates without dispatching. */
  readonly toolServersFile: string | null;
  readonly dispatchTimeoutMilliseconds: number;
  /** Keys of capability authorities beside this server's own, as spelled. */
  readonly trustedIssuers: readonly string[];
  /** Names under which requests may come, beside loopback's. */
  readonly allowedHosts: readonly string[];
  /** The control token; null: the one in the data directory, made at the first start. */
  readonly controlToken: string | null;
  readonly receiptForm: "v1" | "pre-v1";
  /** A key for each role, or one for all in local development. */
  readonly keys: "separate" | "single";
  readonly checkpointEvery: number;
  readonly checkpointSeconds: number;
  /** Longest life of a capability that this server issues, in seconds. */
  readonly maxCapabilityTtl: number;
  /** Evaluations each second. */
  readonly evaluateRate: number;
}

export interface SettingProblem {
  /** API: scripts may match it. */
  readonly code: "not-a-number" | "out-of-range" | "not-a-choice" | "too-short" | "not-a-name";
  readonly name: string;
  readonly message: string;
}

/** Where a relative path starts, and what the environment holds. */
export interface SettingSource {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Under the project's own folder (`CHIO_HOME`, which the scripts set), wherever it is started from. */
const DATA = ".chio/server";
const DAY = 86_400;
const SHORTEST_TOKEN = 32;

/** The settings, or every problem with them: a server that half understands its settings does not start. */
export function readSettings(source: SettingSource): Result<Settings, readonly SettingProblem[]> {
  const problems: SettingProblem[] = [];
  const read = reader(source.environment, problems);
  const path = (name: string): string | null => {
    const given = read.text(name);
    return given === null || isAbsolute(given) ? given : resolve(source.directory, given);
  };
  const settings: Settings = {
    dataDirectory: path("CHIO_DATA_DIR") ?? resolve(path("CHIO_HOME") ?? source.directory, DATA),
    policyFile: path("CHIO_POLICY"),
    toolServersFile: path("CHIO_TOOL_SERVERS"),
    dispatchTimeoutMilliseconds: read.integer("CHIO_DISPATCH_TIMEOUT_MS", 30_000, 1, 600_000),
    trustedIssuers: read.list("CHIO_TRUSTED_ISSUERS"),
    allowedHosts: read.hosts("CHIO_ALLOWED_HOSTS"),
    controlToken: read.secret("CHIO_CONTROL_TOKEN"),
    receiptForm: read.choice("CHIO_RECEIPT_FORM", "v1", "pre-v1"),
    keys: read.choice("CHIO_KEYS", "separate", "single"),
    checkpointEvery: read.integer("CHIO_CHECKPOINT_EVERY", 100, 1, 10_000),
    checkpointSeconds: read.integer("CHIO_CHECKPOINT_SECONDS", 5, 1, 3600),
    maxCapabilityTtl: read.integer("CHIO_MAX_CAPABILITY_TTL", DAY, 1, 366 * DAY),
    evaluateRate: read.integer("CHIO_EVALUATE_RATE", 5000, 1, 1_000_000),
  };
  return problems.length === 0 ? ok(settings) : err(problems);
}

/** Each setting as one line for the operator. Never a value: one of them is a secret. */
export function describeProblems(problems: readonly SettingProblem[]): string {
  return problems.map(({ code, name, message }) => `${name}: ${message} (${code})`).join("\n");
}

function reader(environment: SettingSource["environment"], problems: SettingProblem[]) {
  const text = (name: string): string | null => {
    const value = environment[name]?.trim() ?? "";
    return value === "" ? null : value;
  };
  const list = (name: string): readonly string[] =>
    (text(name) ?? "")
      .split(",")
      .map((one) => one.trim())
      .filter((one) => one !== "");
  return {
    text,
    list,
    integer(name: string, fallback: number, least: number, most: number): number {
      const given = text(name);
      if (given === null) {
        return fallback;
      }
      const value = /^\d{1,10}$/.test(given) ? Number(given) : null;
      if (value === null) {
        problems.push({ code: "not-a-number", name, message: "must be a whole number" });
      } else if (value < least || value > most) {
        const message = `must be from ${least} to ${most}`;
        problems.push({ code: "out-of-range", name, message });
      }
      return value ?? fallback;
    },
    choice<A extends string, B extends string>(name: string, first: A, second: B): A | B {
      const given = text(name) ?? first;
      if (given !== first && given !== second) {
        const message = `must be ${first} or ${second}`;
        problems.push({ code: "not-a-choice", name, message });
      }
      return given === second ? second : first;
    },
    secret(name: string): string | null {
      const given = text(name);
      if (given !== null && given.length < SHORTEST_TOKEN) {
        const message = `must have at least ${SHORTEST_TOKEN} characters`;
        problems.push({ code: "too-short", name, message });
      }
      return given;
    },
    hosts(name: string): readonly string[] {
      const given = list(name).map((one) => one.toLowerCase());
      if (!given.every((one) => /^[a-z0-9.-]{1,253}(:\d{1,5})?$/.test(one))) {
        const message = "must be names with or without a port, separated by commas";
        problems.push({ code: "not-a-name", name, message });
      }
      return given;
    },
  };
}
