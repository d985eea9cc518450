import fc from "fast-check";
import {
  A_CALL,
  A_LETTER,
  type TestCall,
  type TestLetter,
} from "@/lib/database/testing/denial-rows.ts";
import type { DenialFilter } from "../denial-model.ts";

/** Values that would end a literal, name a parameter, part a list or stand for nothing. */
export const HOSTILE = [
  "plain",
  "",
  "'",
  "''); drop table receipt; --",
  "$1",
  "$&",
  "getvariable('bin')",
  "a,b",
  "line\nfeed",
  "nul\0and\u001f",
  "Ärger 🦆 \u202e",
  "__proto__",
  "%_\\",
] as const;

const value = fc.constantFrom(...HOSTILE);
const few = fc.constantFrom(...HOSTILE.slice(0, 5));

const call: fc.Arbitrary<Omit<TestCall, "row">> = fc
  .record({
    timestamp: fc.option(fc.integer({ min: 1, max: 300 }), { freq: 9 }),
    decision: fc.constantFrom("deny", "deny", "deny", "allow", "cancelled"),
    integrity: fc.constantFrom(
      "verified",
      "verified-not-checkpointed",
      "self-consistent",
      "does-not-verify",
      "not-checked",
      "unsigned",
    ),
    guard: value,
    agent: few,
    tool: few,
    scope: few,
    pattern: few,
    key: few,
    topic: few,
    partition: fc.option(fc.integer({ min: 0, max: 1 })),
    offset: fc.option(fc.bigInt({ min: 2n ** 63n - 9n, max: 2n ** 63n + 9n }).map(String)),
    units: fc.option(fc.bigInt({ min: 0n, max: 2n ** 63n }).map(String)),
    currency: fc.constantFrom("usd", "'"),
  } as const)
  .map((given) => ({ ...A_CALL, ...given }));

/** Calls, claims among dead letters, and letters of some calls. */
export const calls: fc.Arbitrary<readonly TestCall[]> = fc
  .array(call, { minLength: 1, maxLength: 60 })
  .map((given) => given.map((one, at) => ({ ...one, row: at, copyOf: at % 13 === 12 ? 0 : null })));

export const letters: fc.Arbitrary<readonly TestLetter[]> = fc
  .array(
    fc.record({
      guard: value,
      agent: few,
      scope: few,
      tool: few,
      pattern: few,
      second: fc.nat(300),
    }),
    { maxLength: 10 },
  )
  .map((given) => given.map((one, at) => ({ ...A_LETTER, ...one, record: 1000 + at })));

const list = fc.option(fc.uniqueArray(value, { minLength: 1, maxLength: 4 }), { nil: [] });
const fewList = fc.option(fc.uniqueArray(few, { minLength: 1, maxLength: 3 }), { nil: [] });

export const filters: fc.Arbitrary<DenialFilter> = fc.record(
  {
    time: fc.option(
      fc.record({ from: fc.integer({ min: 0, max: 150 }), to: fc.integer({ min: 150, max: 301 }) }),
    ),
    include: fc.record({ guard: list, agent: fewList, tool: fewList }),
    exclude: fc.record({ guard: list, reason: fewList }),
    text: fc.constantFrom("", "", "'", "drop TABLE", "ärger", "%", "nul\0", "$1"),
    claims: fc.boolean(),
    rows: fc.uniqueArray(fc.integer({ min: -1010, max: 60 }), { minLength: 1, maxLength: 60 }),
  },
  { requiredKeys: ["time", "include", "exclude", "text", "claims"] },
);
