import { stringLeaves } from "./leaves.ts";
import { asTexts, type ConstraintOutcome, holdsIf, type Judge } from "./outcome.ts";

/** `regex_match`: the expression is found in some string of the arguments. */
export const regexMatch: Judge = (value, { arguments: given, compile }) => {
  if (typeof value !== "string") {
    return null;
  }
  const pattern = compile(value);
  return pattern.ok
    ? holdsIf(stringLeaves(given).some(({ text }) => pattern.value.test(text)))
    : invalid(pattern.error);
};

/**
 * `memory_write_deny_patterns`: none of the expressions is found in any string of the arguments. All are
 * compiled, so that an invalid one is an error whatever the arguments are.
 */
export const memoryWriteDenyPatterns: Judge = (value, { arguments: given, compile }) => {
  const sources = asTexts(value);
  if (sources === null) {
    return null;
  }
  const leaves = stringLeaves(given);
  let found = false;
  for (const source of sources) {
    const pattern = compile(source);
    if (!pattern.ok) {
      return invalid(pattern.error);
    }
    found ||= leaves.some(({ text }) => pattern.value.test(text));
  }
  return holdsIf(!found);
};

function invalid(detail: string): ConstraintOutcome {
  return { kind: "error", detail: `invalid capability constraint: ${detail}` };
}
