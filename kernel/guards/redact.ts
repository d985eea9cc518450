import type { RewriteConfig } from "../policy/effective-policy.ts";
import { err, ok, type Result } from "../result.ts";
import { findingsText, redactValue } from "./redaction.ts";
import type { Rewriter } from "./rewrite.ts";

/** Masks, drops or refuses personal data and secrets in the arguments of a call. */
export function makeRedact(
  config: Extract<RewriteConfig, { kind: "redact" }>,
): Result<Rewriter, string> {
  const { action, detect, names } = config;
  if (detect.length + names.length === 0) {
    return err("nothing to look for");
  }
  return ok({
    name: "redact",
    apply(callArguments) {
      const { value, findings } = redactValue(callArguments, {
        detect,
        names,
        action: action === "drop" ? "drop" : "mask",
      });
      const [first] = findings;
      if (first === undefined) {
        return { kind: "unchanged" };
      }
      return action === "deny"
        ? {
            kind: "deny",
            reason: `the arguments hold ${findingsText(findings)}`,
            pointer: first.pointer,
          }
        : { kind: "rewritten", arguments: value, details: findingsText(findings) };
    },
  });
}
