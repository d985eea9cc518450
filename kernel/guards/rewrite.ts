import { errorText } from "../evaluation/error-text.ts";
import type { EvidenceRow } from "../evaluation/model.ts";
import type { JsonValue } from "../json/value.ts";
import type { RewriteConfig } from "../policy/effective-policy.ts";
import { err, ok, type Result } from "../result.ts";
import { makeClampNumber } from "./clamp-number.ts";
import { makeNormalizeUrl } from "./normalize-url.ts";
import { makeRedact } from "./redact.ts";

export type RewriteAnswer =
  | { readonly kind: "unchanged" }
  | { readonly kind: "rewritten"; readonly arguments: JsonValue; readonly details: string }
  | { readonly kind: "deny"; readonly reason: string; readonly pointer: string | null };

/**
 * Changes the arguments of a call before anything is judged. What it returns is what is judged, runs and is
 * signed. Applied to its own result it changes nothing.
 */
export interface Rewriter {
  /** The name in evidence, in kebab case. */
  readonly name: string;
  apply(callArguments: JsonValue): RewriteAnswer;
}

export type RewriteOutcome =
  | {
      readonly kind: "ok";
      readonly arguments: JsonValue;
      readonly rows: readonly EvidenceRow[];
      readonly changed: boolean;
    }
  | {
      readonly kind: "deny";
      /** The rewriter that denied or failed. */
      readonly guard: string;
      readonly reason: string;
      readonly pointer: string | null;
      readonly rows: readonly EvidenceRow[];
    };

/** The rewriters of a policy, in its order; the error is a sentence that names the one that cannot be made. */
export function makeRewriters(
  configs: readonly RewriteConfig[],
): Result<readonly Rewriter[], string> {
  const rewriters: Rewriter[] = [];
  for (const [index, config] of configs.entries()) {
    const made = makeRewriter(config);
    if (!made.ok) {
      return err(`rewrite ${index} (${config.kind}): ${made.error}`);
    }
    rewriters.push(made.value);
  }
  return ok(rewriters);
}

function makeRewriter(config: RewriteConfig): Result<Rewriter, string> {
  switch (config.kind) {
    case "redact":
      return makeRedact(config);
    case "normalize-url":
      return makeNormalizeUrl(config);
    case "clamp-number":
      return makeClampNumber(config);
  }
}

/**
 * Runs the rewriters in order, each on what the one before returned. One row for each that ran. The first that
 * denies ends it, and one that throws denies under its own name: unchanged arguments are not what the policy
 * asked for.
 */
export function runRewriters(
  rewriters: readonly Rewriter[],
  callArguments: JsonValue,
): RewriteOutcome {
  const rows: EvidenceRow[] = [];
  let current = callArguments;
  let changed = false;
  for (const rewriter of rewriters) {
    const { name } = rewriter;
    const answer = attempt(rewriter, current);
    switch (answer.kind) {
      case "unchanged":
        rows.push({ guard: name, verdict: true, details: null });
        break;
      case "rewritten":
        rows.push({ guard: name, verdict: true, details: answer.details });
        current = answer.arguments;
        changed = true;
        break;
      case "deny":
        rows.push({ guard: name, verdict: false, details: answer.reason });
        return { kind: "deny", guard: name, reason: answer.reason, pointer: answer.pointer, rows };
    }
  }
  return { kind: "ok", arguments: current, rows, changed };
}

function attempt(rewriter: Rewriter, callArguments: JsonValue): RewriteAnswer {
  try {
    return rewriter.apply(callArguments);
  } catch (error) {
    const reason = `rewriter "${rewriter.name}" error (fail-closed): ${errorText(error)}`;
    return { kind: "deny", reason, pointer: null };
  }
}
