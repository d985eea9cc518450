import { describe, expect, test } from "vitest";
import { applied, mutantsOf } from "./mutant.ts";
import { changesOf } from "./operators.ts";
import { SWITCH, withSwitches } from "./schemata.ts";

/** What each change makes of `source`, as `operator: text`. */
function made(source: string): readonly string[] {
  return changesOf("sample.ts", source).map(
    (change) => `${change.operator}: ${applied(source, change)}`,
  );
}

describe("operators", () => {
  test("a comparison moves its boundary in three ways and is negated", () => {
    expect(made("if (a < 10n) { f(); } else { g(); }")).toEqual([
      "negated-condition: if ((!(a < 10n))) { f(); } else { g(); }",
      "moved-boundary: if (((a) <= (10n))) { f(); } else { g(); }",
      "moved-boundary: if (a < ((10n + 1n))) { f(); } else { g(); }",
      "moved-boundary: if (a < ((10n - 1n))) { f(); } else { g(); }",
      "dropped-statement: if (a < 10n) { ; } else { g(); }",
      "dropped-statement: if (a < 10n) { f(); } else { ; }",
    ]);
  });

  test("an early return is dropped and negated", () => {
    expect(made("function f(a: boolean): void { if (a) { return; } }")).toEqual([
      "dropped-statement: function f(a: boolean): void { ; }",
      "negated-condition: function f(a: boolean): void { if ((!(a))) { return; } }",
      "dropped-statement: function f(a: boolean): void { if (a) { ; } }",
    ]);
  });

  test("a chain swaps its logic and negates each plain part", () => {
    expect(made("const fits = a && !b && c(d);")).toEqual([
      "negated-condition: const fits = (!(a)) && !b && c(d);",
      "swapped-logic: const fits = ((a) || (!b)) && c(d);",
      "swapped-logic: const fits = ((a && !b) || (c(d)));",
      "negated-condition: const fits = a && (!!(b)) && c(d);",
      "negated-condition: const fits = a && !b && (!(c(d)));",
    ]);
  });

  test.each([
    ["boolean", "x", ["true", "false"]],
    ["boolean", "true", ["false"]],
    ["bigint", "x", ["0n"]],
    ["readonly string[]", "x", ["[]"]],
    ["Problem | null", "x", ["null"]],
    ["Problem | null", "null", []],
    ["GuardAnswer", "x", ['{ verdict: "allow" as const }']],
    ["GuardAnswer", '{ verdict: "allow" }', []],
    ["void", "x", []],
  ])("a function of type %s that returns %s returns %j instead", (type, value, texts) => {
    const source = `function f(): ${type} { return ${value}; }`;
    const returns = texts.map(
      (text) => `constant-return: function f(): ${type} { return (${text}); }`,
    );
    expect(made(source)).toEqual(returns);
  });

  test("a predicate answers yes and no, a quantifier becomes the other", () => {
    expect(made("list?.some((one) => one.fits)")).toEqual([
      "swapped-logic: list?.every((one) => one.fits)",
      "constant-return: list?.some((one) => (true))",
      "constant-return: list?.some((one) => (false))",
    ]);
  });

  test("data of the module is emptied, words for people are left", () => {
    expect(made('const NAMES = ["rm"]; const said = `no`; say("no");')).toEqual([
      'emptied-constant: const NAMES = ([]); const said = `no`; say("no");',
      'emptied-constant: const NAMES = [("")]; const said = `no`; say("no");',
    ]);
  });

  test("types, keys and imports are left alone", () => {
    expect(made('import { a } from "b"; type T = { 4: "x" | 3 }; const x = { 4: a };')).toEqual([]);
  });
});

describe("switches", () => {
  const source = "const f = (a: number, l: number[]): boolean => a < 3 && !l.some((x) => x > a);";
  const mutants = mutantsOf("sample.ts", source, changesOf("sample.ts", source), 1);
  const run = (id: number | null, a: number, list: readonly number[]): boolean => {
    const text = withSwitches(source, mutants)
      .replace("const f =", "return")
      .replace(/: \w+(\[\])?(?=[,)]| =>)/gu, "");
    return new Function(SWITCH, text)((one: number) => one === id)(a, list);
  };

  test("without a mutant the file is as it was", () => {
    expect([run(null, 2, [1]), run(null, 3, [1]), run(null, 2, [5])]).toEqual([true, false, false]);
  });

  test("every mutant is there, and each does what its text says", () => {
    expect(mutants.length).toBeGreaterThanOrEqual(11);
    for (const mutant of mutants) {
      const direct = applied(source, mutant)
        .replace("const f =", "return")
        .replace(/: \w+(\[\])?(?=[,)]| =>)/gu, "");
      for (const a of [1, 2, 3, 4]) {
        for (const list of [[], [1, 9], [2, 3], [9]]) {
          expect(run(mutant.id, a, list)).toBe(new Function(direct)()(a, list));
        }
      }
    }
  });

  test("a dropped statement leaves the branches around it in place", () => {
    const text = "const out = []; if (a) out.push(1); else out.push(2); return out;";
    const body = `function f(a) { ${text} }`;
    const drops = mutantsOf("sample.ts", body, changesOf("sample.ts", body), 1).filter(
      ({ operator }) => operator === "dropped-statement",
    );
    const built = new Function(SWITCH, `${withSwitches(body, drops)} return f;`);
    const results = drops.map(({ id }) => {
      const f = built((one: number) => one === id);
      return [f(true), f(false)];
    });
    expect(results).toEqual([
      [[], [2]],
      [[1], []],
    ]);
  });
});
