import { parsePublicKey } from "@/kernel/crypto/key.ts";
import { evaluate } from "@/kernel/evaluate.ts";
import type { Evaluation, PresentedCapability } from "@/kernel/evaluation/model.ts";
import {
  type CallRequest,
  presentedCapability,
  readCallRequest,
} from "@/kernel/evaluation/read-request.ts";
import type { CallOutcome } from "@/kernel/evaluation/receipt.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { type JsonObject, member } from "@/kernel/json/value.ts";
import { jsonInteger } from "@/kernel/record-members.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { keyStanding, type TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import { evaluationContext } from "@/lib/evaluation/context.ts";
import { evidenceJson, traceJson, verdictJson } from "@/lib/evaluation/evaluation-json.ts";
import { type CheckArguments, parseCheckArguments } from "./check-arguments.ts";
import { EXIT } from "./exit.ts";
import { nodePlatform } from "./node-platform.ts";
import { readPolicyFile } from "./read-policy-file.ts";
import { readTextFile } from "./read-text-file.ts";
import { readTrust } from "./read-trust.ts";
import { renderCheck } from "./render-check.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";

/** What `chio check` found, and on what it stands. */
export interface CheckReport {
  readonly evaluation: Evaluation;
  readonly call: CallRequest["call"];
  /** `pinned`: the authorities of the trust file. `assumed`: the token's own issuer was taken as one. */
  readonly issuers: "pinned" | "assumed";
  /** Unix seconds. */
  readonly at: bigint;
  readonly policyHash: string;
  /** The policy's file; null for the defaults. */
  readonly policy: string | null;
}

/** Octets of a token or a request: far beyond any real one. */
const LARGEST = 1024 * 1024;
const REQUEST_ID = "chio-check";

/**
 * `chio check --capability F --request F [--policy F] [--trust F] [--at S] [--json]`: judges one call as a
 * server would that has seen none before. Nothing runs, nothing is signed, nothing is kept.
 */
export async function runCheck(words: readonly string[], around: Surroundings): Promise<number> {
  const read = parseCheckArguments(words);
  const found = read.ok ? await check(read.value, around) : read;
  if (!found.ok) {
    around.complain.write(`chio check: ${safeText(found.error, 1000)}\n`);
    return EXIT.unusable;
  }
  const report = found.value;
  around.out.write(
    read.ok && read.value.json
      ? `${canonicalize(checkAnswer(report))}\n`
      : renderCheck(report, around.out.isTTY === true),
  );
  return report.evaluation.verdict.kind === "allow" ? EXIT.nothingFails : EXIT.deny;
}

async function check(
  { capability, request, policy, trust, at }: CheckArguments,
  around: Surroundings,
): Promise<Result<CheckReport, string>> {
  const { primitives } = nodePlatform();
  const presented = await readPresented(capability, around);
  const asked = await readRequest(request, around);
  const loaded = await readPolicyFile(policy, around.cwd, primitives);
  const pins = trust === null ? null : await readTrust(trust, around.cwd, primitives);
  const failed = [presented, asked, loaded, pins].find((part) => part?.ok === false);
  if (!presented.ok || !asked.ok || !loaded.ok || pins?.ok === false) {
    return err(failed?.ok === false ? failed.error : "unusable input");
  }
  const seconds = at ?? BigInt(Math.floor(Date.now() / 1000));
  const context = evaluationContext({
    policy: loaded.value,
    trustedIssuers: pins === null ? ownIssuer(presented.value) : authorities(pins.value, seconds),
    now: seconds * 1000n,
    primitives,
  });
  const { call, dpop } = asked.value;
  return ok({
    evaluation: evaluate({ capability: presented.value, call, dpop }, context),
    call,
    issuers: pins === null ? "assumed" : "pinned",
    at: seconds,
    policyHash: loaded.value.hash,
    policy,
  });
}

/** A file that holds no token is the caller's mistake or a denial: the kernel says which, as a server would. */
async function readPresented(
  path: string | null,
  around: Surroundings,
): Promise<Result<PresentedCapability, string>> {
  if (path === null) {
    return ok({ kind: "none" });
  }
  const text = await readTextFile(path, around, LARGEST);
  return text.ok ? ok(presentedCapability(text.value)) : err(`capability ${path}: ${text.error}`);
}

async function readRequest(
  path: string,
  around: Surroundings,
): Promise<Result<CallRequest, string>> {
  const refuse = (why: string): Result<never, string> => err(`request ${path}: ${why}`);
  const text = await readTextFile(path, around, LARGEST);
  if (!text.ok) {
    return refuse(text.error);
  }
  const parsed = parseJson(text.value);
  if (!parsed.ok) {
    return refuse(`not JSON (${parsed.error.kind} at ${parsed.error.offset})`);
  }
  const request = readCallRequest(parsed.value.value, REQUEST_ID);
  return request.ok
    ? request
    : refuse(
        request.error
          .map(({ pointer, expected }) => `${pointer || "the document"} is not ${expected}`)
          .join("; "),
      );
}

function ownIssuer(presented: PresentedCapability): ReadonlySet<string> {
  const issuer = presented.kind === "token" ? member(presented.token, "issuer") : undefined;
  const key = typeof issuer === "string" ? parsePublicKey(issuer) : null;
  return new Set(key?.ok ? [key.value.canonical] : []);
}

function authorities(bundle: TrustBundle, at: bigint): ReadonlySet<string> {
  const keys = bundle.keys.map(({ key }) => key.canonical);
  return new Set(
    keys.filter((key) => keyStanding(bundle, "capability_authority", key, at) === "pinned"),
  );
}

/** The members of a server's answer, by the same names. */
function checkAnswer({ evaluation, issuers, at, policyHash }: CheckReport): JsonObject {
  const { verdict, capability, grant, hold } = evaluation;
  const outcome: CallOutcome =
    verdict.kind === "allow"
      ? { kind: "allowed", allowance: verdict, output: null, outputRedacted: false }
      : { kind: "denied", denial: verdict.denial };
  return {
    schema: "chio-explorer.check.v1",
    at: jsonInteger(at),
    issuers,
    policy_hash: policyHash,
    ...verdictJson(evaluation, outcome),
    capability_id: capability?.id ?? null,
    grant_index: grant?.index ?? null,
    hold: hold === null ? null : { units: jsonInteger(hold.units), currency: hold.currency },
    arguments: evaluation.arguments,
    redacted: evaluation.redacted,
    trace: traceJson(evaluation.trace),
    evidence: evidenceJson(evaluation.evidence),
  };
}
