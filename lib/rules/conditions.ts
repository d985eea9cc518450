import { err, ok, type Result } from "@/kernel/result.ts";
import type { DecisionEvents } from "@/lib/denials/model.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";
import type { RuleCondition } from "./model.ts";

/** Whether a text fulfils a condition. */
export type TextTest = (text: string) => boolean;

/** The test of a condition. The error is a sentence: a pattern that the linear engine does not take. */
export function testOf({ operator, values }: RuleCondition): Result<TextTest, string> {
  switch (operator) {
    case "is":
    case "is-not": {
      const wanted = new Set(values);
      return ok((text) => wanted.has(text) === (operator === "is"));
    }
    case "starts-with":
      return ok((text) => values.some((value) => text.startsWith(value)));
    case "ends-with":
      return ok((text) => values.some((value) => text.endsWith(value)));
    case "contains":
      return ok((text) => values.some((value) => text.includes(value)));
    case "matches": {
      const patterns = values.map(compileRe2);
      const refused = patterns.find((pattern) => !pattern.ok);
      return refused !== undefined && !refused.ok
        ? err(refused.error)
        : ok((text) => patterns.some((pattern) => pattern.ok && pattern.value.test(text)));
    }
  }
}

/** Whether the event of this index fulfils all conditions. */
export type EventTest = (event: number) => boolean;

const UNKNOWN = 0;
const HOLDS = 1;
const FAILS = 2;

/**
 * The conditions over columns: each distinct text is tested once, however many events have it.
 *
 * @throws RangeError on a pattern that is not valid; rules that were read hold none
 */
export function eventTest(
  conditions: readonly RuleCondition[],
  { fields, texts }: DecisionEvents,
): EventTest {
  const tests = conditions.map((condition) => {
    const test = testOf(condition);
    if (!test.ok) {
      throw new RangeError(test.error);
    }
    return {
      column: fields[condition.field],
      known: new Uint8Array(texts.length),
      test: test.value,
    };
  });
  return (event) => {
    for (const { column, known, test } of tests) {
      const code = column[event] ?? 0;
      let answer = known[code] ?? UNKNOWN;
      if (answer === UNKNOWN) {
        answer = test(texts[code] ?? "") ? HOLDS : FAILS;
        known[code] = answer;
      }
      if (answer === FAILS) {
        return false;
      }
    }
    return true;
  };
}
