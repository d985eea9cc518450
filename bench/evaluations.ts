import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { signToken } from "@/kernel/capability/sign.ts";
import { evaluate } from "@/kernel/evaluate.ts";
import type {
  Evaluation,
  EvaluationRequest,
  KernelContext,
  LoadedPolicy,
} from "@/kernel/evaluation/model.ts";
import { receiptBody, signReceipt } from "@/kernel/evaluation/receipt.ts";
import { GUARD_FACTORIES } from "@/kernel/guards/standard.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { compilePolicy } from "@/kernel/policy/compile.ts";
import { loadPolicy } from "@/kernel/policy/load.ts";
import type { Signer } from "@/kernel/signer.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import { evaluationContext } from "@/lib/evaluation/context.ts";
import { nodePrimitives, opensslVerify } from "@/lib/node/crypto.ts";
import { compileRe2 } from "@/lib/regex/re2.ts";
import { nodeSigner } from "@/lib/server/keys/signer.ts";
import { compare, type Pair } from "./canonical-json.ts";

export const AUTHORITY = demoKey("benchmark authority");
export const AGENT = demoKey("benchmark agent");
const KERNEL = demoKey("benchmark kernel 0");
/** Unix seconds. */
const NOW = 1_780_000_000n;
const PLENTY = 1_000_000_000_000;

/** Every guard on, with room for every call: what is timed is judging, not refusing. */
export const BENCHMARK_POLICY: JsonObject = {
  guards: {
    forbidden_path: {},
    path_allowlist: { read: ["/workspace/**"], write: ["/workspace/**"] },
    shell_command: {},
    egress_allowlist: {},
    tool_access: { default_action: "allow" },
    secret_patterns: {},
    patch_integrity: {},
    velocity: { max_invocations_per_window: PLENTY, max_spend_per_window: PLENTY },
    agent_velocity: { max_requests_per_agent: PLENTY, max_requests_per_session: PLENTY },
    internal_network: {},
    data_flow: { max_bytes_read: PLENTY, max_bytes_written: PLENTY, max_bytes_total: PLENTY },
  },
};

/** A token with two grants, limits and constraints, as an agent with some work to do holds it. */
export function benchmarkToken(number: number, now: bigint): JsonObject {
  const limits = {
    max_cost_per_invocation: { units: 25, currency: "USD" },
    max_total_cost: { units: 1_000_000_000, currency: "USD" },
  };
  return signToken(
    {
      id: `cap-benchmark-${number}`,
      subject: AGENT.key,
      scope: {
        grants: [
          {
            server_id: "workspace",
            tool_name: "*",
            operations: ["invoke"],
            constraints: [{ type: "max_args_size", value: 65_536 }],
            ...limits,
          },
          {
            server_id: "web",
            tool_name: "fetch",
            operations: ["invoke"],
            constraints: [{ type: "domain_glob", value: "*.openai.com" }],
            ...limits,
          },
        ],
      },
      issued_at: Number(now) - 60,
      expires_at: Number(now) + 3600,
      delegation_chain: [],
    },
    AUTHORITY.seed,
  );
}

const SOURCE =
  "export function total(amounts) {\n  return amounts.reduce((a, b) => a + b, 0);\n}\n";

/** A read, a write of a kilobyte, a patch, a command, a request on the web and a plain tool, in turn. */
export function benchmarkCall(number: number): readonly [server: string, tool: string, JsonObject] {
  const path = `/workspace/service/src/module-${number % 50}.ts`;
  const calls: readonly (readonly [string, string, JsonObject])[] = [
    ["workspace", "read_file", { path }],
    ["workspace", "write_file", { path, content: SOURCE.repeat(12) }],
    ["workspace", "apply_patch", { path, diff: "@@ -1,2 +1,2 @@\n-const a = 1;\n+const a = 2;\n" }],
    ["workspace", "bash", { command: "npm run build && ls -la dist | head -20" }],
    ["web", "fetch", { url: "https://api.openai.com/v1/models" }],
    ["workspace", "search_tickets", { query: "late delivery", page: number, tags: ["a", "b"] }],
  ];
  return calls[number % calls.length] ?? ["workspace", "read_file", { path }];
}

/** What OpenSSL was asked for during one evaluation. */
interface Asked {
  readonly key: KeyObject;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly receipt: Uint8Array;
}

/**
 * Evaluations per second on one core, from the token as JSON to the signed v1 receipt, with every guard on,
 * against OpenSSL doing nothing but the verification and the signature that each contains, over the same octets.
 */
export function compareEvaluations(calls: number, runs: number): Pair {
  const primitives = nodePrimitives();
  const signer = nodeSigner(KERNEL.seed);
  const policy = loaded(primitives);
  const requests = Array.from({ length: calls }, (_, number) => requestOf(number));
  const verifyNow = opensslVerify();
  const work = (kernel: Signer, check: KernelContext["verify"]): number => {
    const context = evaluationContext({
      policy,
      trustedIssuers: new Set([AUTHORITY.key]),
      now: NOW * 1000n,
      verify: check,
      primitives,
    });
    let allowed = 0;
    for (const [number, request] of requests.entries()) {
      const evaluation = evaluate(request, context);
      allowed += evaluation.verdict.kind === "allow" ? 1 : 0;
      signReceipt(bodyOf(number, request, evaluation, context), "v1", kernel, context.primitives);
    }
    return allowed;
  };
  const asked: Partial<Asked>[] = [];
  const recording: Signer = {
    publicKey: signer.publicKey,
    sign(message) {
      Object.assign(asked.at(-1) ?? {}, { receipt: message });
      return signer.sign(message);
    },
  };
  work(recording, (key, message, signature) => {
    asked.push({ key: keyObject(key), message, signature });
    return verifyNow(key, message, signature);
  });
  const prepared = asked.filter(
    (one): one is Asked => one.key !== undefined && one.receipt !== undefined,
  );
  if (prepared.length !== calls) {
    throw new Error(`${prepared.length} of ${calls} evaluations verify once and sign once`);
  }
  return compare(
    calls,
    runs,
    () => work(signer, verifyNow),
    () => {
      let accepted = 0;
      for (const { key, message, signature, receipt } of prepared) {
        accepted += verify(null, message, key, signature) ? 1 : 0;
        signer.sign(receipt);
      }
      return accepted;
    },
  );
}

function loaded(primitives: KernelContext["primitives"]): LoadedPolicy {
  const compiled = compilePolicy(BENCHMARK_POLICY);
  const policy = compiled.ok ? loadPolicy(compiled.value, compileRe2, primitives) : compiled;
  if (!policy.ok || policy.value.guards.length !== GUARD_FACTORIES.length) {
    throw new Error("the benchmark's policy does not load every guard");
  }
  return policy.value;
}

const TOKENS = 20;
const tokens: readonly JsonObject[] = Array.from({ length: TOKENS }, (_, at) =>
  benchmarkToken(at, NOW),
);

function requestOf(number: number): EvaluationRequest {
  const [serverId, toolName, given] = benchmarkCall(number);
  const token = tokens[number % TOKENS];
  return {
    capability: token === undefined ? { kind: "none" } : { kind: "token", token },
    call: {
      requestId: `request-${number}`,
      agentId: AGENT.key,
      serverId,
      toolName,
      arguments: given,
      boundary: "tool",
      sessionId: `session-${number % 8}`,
      model: null,
      roots: null,
    },
    dpop: null,
  };
}

function bodyOf(
  number: number,
  { call }: EvaluationRequest,
  evaluation: Evaluation,
  { policy, primitives }: KernelContext,
): JsonObject {
  const { verdict } = evaluation;
  return receiptBody({
    call,
    evaluation,
    outcome:
      verdict.kind === "allow"
        ? { kind: "allowed", allowance: verdict, output: null, outputRedacted: false }
        : { kind: "denied", denial: verdict.denial },
    timestamp: NOW,
    policyHash: policy.hash,
    nonce: `rcpt-${number}`,
    parent: null,
    metadata: {},
    demo: false,
    primitives,
  });
}

function keyObject(publicKey: Uint8Array): KeyObject {
  const x = Buffer.from(publicKey).toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}
