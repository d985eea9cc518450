import { childPointer } from "../json/pointer.ts";
import { isArray, isObject, type JsonValue } from "../json/value.ts";
import type { RewriteConfig } from "../policy/effective-policy.ts";
import { err, ok, type Result } from "../result.ts";
import type { RewriteAnswer, Rewriter } from "./rewrite.ts";

type ClampConfig = Extract<RewriteConfig, { kind: "clamp-number" }>;

/**
 * Brings the member `name`, at any depth, between two bounds. Anything but a number under that name is denied:
 * a tool may read the text `"1e9"` as one.
 */
export function makeClampNumber(config: ClampConfig): Result<Rewriter, string> {
  const { name, minimum, maximum } = config;
  if (minimum === null && maximum === null) {
    return err("neither a minimum nor a maximum");
  }
  if (!isBound(minimum) || !isBound(maximum)) {
    return err("a bound is not finite");
  }
  if (minimum !== null && maximum !== null && minimum > maximum) {
    return err("the minimum is above the maximum");
  }
  return ok({
    name: "clamp-number",
    apply: (callArguments) => clampAll(callArguments, { name, minimum, maximum }),
  });
}

function isBound(bound: number | null): boolean {
  return bound === null || Number.isFinite(bound);
}

type Bounds = Pick<ClampConfig, "name" | "minimum" | "maximum">;

function clampAll(callArguments: JsonValue, bounds: Bounds): RewriteAnswer {
  const moved: string[] = [];
  const walked = walk(callArguments, "", bounds, moved);
  if (!walked.ok) {
    const reason = `${bounds.name} is not a number`;
    return { kind: "deny", reason, pointer: walked.error };
  }
  return moved.length === 0
    ? { kind: "unchanged" }
    : { kind: "rewritten", arguments: walked.value, details: `clamped ${moved.join(", ")}` };
}

/** The error is the pointer of what is not a number. */
function walk(
  value: JsonValue,
  pointer: string,
  bounds: Bounds,
  moved: string[],
): Result<JsonValue, string> {
  if (isArray(value)) {
    const elements: JsonValue[] = [];
    for (const [index, element] of value.entries()) {
      const walked = walk(element, childPointer(pointer, index), bounds, moved);
      if (!walked.ok) {
        return walked;
      }
      elements.push(walked.value);
    }
    return ok(elements);
  }
  if (!isObject(value)) {
    return ok(value);
  }
  const members: [string, JsonValue][] = [];
  for (const [name, item] of Object.entries(value)) {
    const place = childPointer(pointer, name);
    const walked =
      name === bounds.name ? clamp(item, place, bounds, moved) : walk(item, place, bounds, moved);
    if (!walked.ok) {
      return walked;
    }
    members.push([name, walked.value]);
  }
  return ok(Object.fromEntries(members));
}

function clamp(
  value: JsonValue,
  pointer: string,
  { minimum, maximum }: Bounds,
  moved: string[],
): Result<JsonValue, string> {
  if (typeof value !== "number" && typeof value !== "bigint") {
    return err(pointer);
  }
  if (minimum !== null && value < minimum) {
    moved.push(pointer);
    return ok(minimum);
  }
  if (maximum !== null && value > maximum) {
    moved.push(pointer);
    return ok(maximum);
  }
  return ok(value);
}
