import { signDpopProof } from "../capability/dpop.ts";
import { publicKeyOf, sign } from "../crypto/ed25519.ts";
import { applyBudgetEvent } from "../economics/ledger.ts";
import { NO_USAGE, type Usage } from "../economics/model.ts";
import { toHex, utf8 } from "../encoding.ts";
import { evaluate } from "../evaluate.ts";
import type { ToolCall } from "../evaluation/call.ts";
import type { Evaluation, EvaluationRequest, KernelContext } from "../evaluation/model.ts";
import { presentedCapability } from "../evaluation/read-request.ts";
import { canonicalize } from "../json/canonicalize.ts";
import { type JsonObject, type JsonValue, member } from "../json/value.ts";
import type { RewriteConfig } from "../policy/effective-policy.ts";
import { without } from "../record-members.ts";
import { delegated } from "./delegation.ts";
import {
  AGENT_SEED,
  AUTHORITY,
  AUTHORITY_SEED,
  callWith,
  contextWith,
  INVOKE,
  nonceStore,
  OTHER_SEED,
  policyWith,
  requestWith,
  START,
  tokenWith,
} from "./evaluation.ts";

/** Runs one scenario at a time in Unix seconds and gives its last evaluation. */
type Case = (clock: number) => Evaluation;

/** In force from the second of the clock on, unless the case says otherwise. */
function token(clock: number, body: JsonObject = {}): JsonObject {
  return tokenWith({ issued_at: clock, expires_at: clock + 3600, ...body });
}

function judge(
  clock: number,
  request: EvaluationRequest,
  over: Partial<KernelContext> = {},
): Evaluation {
  return evaluate(request, contextWith({ now: BigInt(clock) * 1000n, ...over }));
}

function calling(call: Partial<ToolCall>, scope: JsonObject = INVOKE): Case {
  return (clock) => judge(clock, requestWith(token(clock, { scope: { grants: [scope] } }), call));
}

function rewriting(value: JsonValue, ...rewrites: readonly RewriteConfig[]): Case {
  return (clock) =>
    judge(clock, requestWith(token(clock), { arguments: value }), {
      policy: policyWith((policy) => ({ ...policy, rewrites })),
    });
}

const PRICED = {
  ...INVOKE,
  max_cost_per_invocation: { units: 40, currency: "USD" },
  max_total_cost: { units: 100, currency: "USD" },
};
const EMAIL: RewriteConfig = { kind: "redact", action: "mask", detect: ["email"], names: [] };
const URL: RewriteConfig = { kind: "normalize-url", names: ["url"] };

/** A call whose price is held against what was spent before. */
function metered(spent: bigint, grant: JsonObject = PRICED, call: Partial<ToolCall> = {}): Case {
  return (clock) =>
    judge(clock, requestWith(token(clock, { scope: { grants: [grant] } }), call), {
      usage: () => ({ ...NO_USAGE, realized: spent, currency: "USD" }),
    });
}

/** Two calls on two grants, each with room for one. */
function split(clock: number): Evaluation {
  const bucket = { ...PRICED, max_total_cost: { units: 40, currency: "USD" } };
  const usages = new Map<number, Usage>();
  const over: Partial<KernelContext> = { usage: (_, index) => usages.get(index) ?? NO_USAGE };
  const request = requestWith(token(clock, { scope: { grants: [bucket, bucket] } }));
  const { hold } = judge(clock, request, over);
  if (hold !== null) {
    const event = { ...hold, id: "e", kind: "authorize", holdId: hold.id, realized: 0n } as const;
    const applied = applyBudgetEvent(NO_USAGE, event);
    if (applied.ok) {
      usages.set(hold.grantIndex, applied.value);
    }
  }
  return judge(clock, requestWith(token(clock, { scope: { grants: [bucket, bucket] } })), over);
}

function chain(
  depth: number,
  call: Partial<ToolCall> = {},
  over: Partial<KernelContext> = {},
): Case {
  return () => {
    const given = delegated(depth);
    return judge(START + 10, requestWith(given.token, { agentId: given.agent, ...call }), {
      lineage: given.lineage,
      ...over,
    });
  };
}

/** A second authority issues the token at the end of a chain that the first one began. */
function crossAuthority(): Evaluation {
  const given = delegated(1);
  const second = tokenWith(without(given.token, "signature"), OTHER_SEED);
  return judge(START + 10, requestWith(second, { agentId: given.agent }), {
    lineage: given.lineage,
    trustedIssuers: new Set([AUTHORITY, toHex(publicKeyOf(OTHER_SEED))]),
  });
}

const POSSESSED = { ...INVOKE, dpop_required: true };

function proof(clock: number, nonce: string): JsonObject {
  const claims = { capabilityId: "cap-1", call: callWith(), nonce, issuedAt: BigInt(clock) };
  return signDpopProof(claims, AGENT_SEED);
}

/** Shows the same proof at each of these seconds after it was made. */
function replayed(...after: readonly number[]): Case {
  return (clock) => {
    const takeNonce = nonceStore();
    const dpop = proof(clock, "n-1");
    const given = token(clock, { scope: { grants: [POSSESSED] } });
    const outcomes = after.map((seconds) =>
      judge(clock + seconds, requestWith(given, {}, dpop), { takeNonce }),
    );
    return outcomes.at(-1) ?? judge(clock, requestWith(null));
  };
}

/** A token whose issuer signed a text that is not the canonical one. */
function signedOver(spelling: (canonical: string) => string): Case {
  return (clock) => {
    const body = without(token(clock), "signature");
    const text = spelling(canonicalize({ ...body, schema: "chio.capability.v1" }));
    const signature = toHex(sign(AUTHORITY_SEED, utf8(text)));
    return judge(clock, requestWith({ ...body, signature }));
  };
}

function resigned(change: (signature: string) => string, seed = AUTHORITY_SEED): Case {
  return (clock) => {
    const given = token(clock);
    const signed = tokenWith({ ...given, issued_at: clock, expires_at: clock + 3600 }, seed);
    const signature = member(signed, "signature");
    return judge(
      clock,
      requestWith({ ...given, signature: change(typeof signature === "string" ? signature : "") }),
    );
  };
}

function revoking(id: string): Case {
  return (clock) => judge(clock, requestWith(token(clock)), { isRevoked: (one) => one === id });
}

const DEEP: JsonValue = { z: { y: { x: { w: { v: { b: 1, a: [{ d: 1, c: 2 }] } } } } } };

/**
 * The situations of the replay corpus, each built and judged for real, by the corpus's names. None knows what
 * the corpus expects of it.
 */
export const REPLAY_CASES: Readonly<Record<string, Case>> = {
  "allow_simple/01_basic_capability": calling({}),
  "allow_simple/02_min_scope": calling({ arguments: {} }),
  "allow_simple/03_unicode_argv": calling({ arguments: { argv: ["漢字", "🦀", "é"] } }),
  "allow_simple/04_empty_args": calling({ arguments: { argv: [] } }),
  "allow_simple/05_long_payload_64k": calling({ arguments: { text: "lorem ".repeat(10_923) } }),
  "allow_simple/06_nested_json_payload": calling({ arguments: DEEP }),
  "allow_simple/07_clock_at_grant_start": (clock) =>
    judge(clock, requestWith(token(clock, { issued_at: clock }))),
  "allow_simple/08_clock_at_grant_end": (clock) =>
    judge(clock, requestWith(token(clock, { issued_at: START, expires_at: clock + 1 }))),

  "allow_metered/01_quote_under_budget": metered(59n),
  "allow_metered/02_quote_at_budget": metered(60n),
  "allow_metered/03_quote_with_redactions": (clock) =>
    judge(
      clock,
      requestWith(token(clock, { scope: { grants: [PRICED] } }), {
        arguments: { to: "alice@example.com" },
      }),
      { policy: policyWith((policy) => ({ ...policy, rewrites: [EMAIL] })) },
    ),
  "allow_metered/04_quote_zero_cost": metered(100n, {
    ...PRICED,
    max_cost_per_invocation: { units: 0, currency: "USD" },
  }),
  "allow_metered/05_quote_credit_split": split,

  "allow_with_delegation/01_single_hop": chain(1),
  "allow_with_delegation/02_two_hop": chain(2),
  "allow_with_delegation/03_three_hop_max": chain(3, {}, { policy: depthLimit(3) }),
  "allow_with_delegation/04_attenuated_scope": narrowed({ max_invocations: 5 }, {}),
  "allow_with_delegation/05_attenuated_ttl": narrowed({}, { expires_at: START + 60 }),
  "allow_with_delegation/06_cross_authority": crossAuthority,

  "deny_expired/01_one_second_past": (clock) =>
    judge(clock, requestWith(token(clock, { issued_at: clock - 60, expires_at: clock - 1 }))),
  "deny_expired/02_one_day_past": (clock) =>
    judge(
      clock,
      requestWith(token(clock, { issued_at: clock - 90_000, expires_at: clock - 86_400 })),
    ),
  "deny_expired/03_clock_skew_neg": (clock) =>
    judge(clock, requestWith(token(clock, { issued_at: clock + 1 }))),
  "deny_expired/04_long_lived_capability": (clock) =>
    judge(clock, requestWith(token(clock, { expires_at: clock + 31_536_000 })), {
      policy: policyWith((policy) => ({
        ...policy,
        kernel: { ...policy.kernel, maxCapabilityTtl: 86_400n },
      })),
    }),
  "deny_expired/05_post_revocation_expiry": (clock) =>
    judge(clock, requestWith(token(clock, { issued_at: clock - 60, expires_at: clock })), {
      isRevoked: (id) => id === "cap-1",
    }),

  "deny_revoked/01_authority_revoked": revoking(AUTHORITY),
  "deny_revoked/02_delegate_revoked": chain(3, {}, { isRevoked: (id) => id === "cap-1" }),
  "deny_revoked/03_revoked_then_expired": (clock) =>
    judge(clock, requestWith(token(clock, { issued_at: clock - 60, expires_at: clock + 1 })), {
      isRevoked: (id) => id === "cap-1",
    }),
  "deny_revoked/04_revocation_propagated": chain(3, {}, { isRevoked: (id) => id === "cap-0" }),

  "deny_scope_mismatch/01_wrong_resource": calling({ serverId: "elsewhere" }),
  "deny_scope_mismatch/02_wrong_action": calling({}, { ...INVOKE, operations: ["read_result"] }),
  "deny_scope_mismatch/03_path_prefix_miss": calling(
    { arguments: { path: "/workspace/other/notes.txt" } },
    { ...INVOKE, constraints: [{ type: "path_prefix", value: "/workspace/safe" }] },
  ),
  "deny_scope_mismatch/04_method_excluded": calling(
    { arguments: { method: "DELETE" } },
    { ...INVOKE, constraints: [{ type: "custom", value: ["method", "GET"] }] },
  ),
  "deny_scope_mismatch/05_argument_oob": calling(
    { arguments: { amount: "1000.01" } },
    { ...INVOKE, constraints: [{ type: "regex_match", value: "^[0-9]{1,3}\\.[0-9]{2}$" }] },
  ),
  "deny_scope_mismatch/06_attenuation_undershoot": chain(1, { toolName: "wider" }),

  "guard_rewrite/01_pii_redact_email": rewriting({ body: "from alice@example.com" }, EMAIL),
  "guard_rewrite/02_pii_redact_ssn": rewriting(
    { body: "number 123-45-6789" },
    { kind: "redact", action: "mask", detect: ["ssn"], names: [] },
  ),
  "guard_rewrite/03_url_normalize": rewriting({ url: "HTTPS://API.github.com:443/x/" }, URL),
  "guard_rewrite/04_arg_clamp_numeric": rewriting(
    { limit: 5000 },
    { kind: "clamp-number", name: "limit", minimum: 1, maximum: 100 },
  ),
  "guard_rewrite/05_chain_two_rewrites": rewriting(
    { url: "HTTPS://API.github.com:443/x/", to: "alice@example.com" },
    URL,
    EMAIL,
  ),
  "guard_rewrite/06_idempotent_rewrite": rewriting({ url: "https://api.github.com/x" }, URL),

  "replay_attack/01_immediate_reuse": replayed(0, 0),
  "replay_attack/02_delayed_reuse": replayed(0, 299),
  "replay_attack/03_stale_nonce": replayed(301),
  "replay_attack/04_concurrent_reuse": replayed(0, 0, 0),

  "tampered_signature/01_flipped_byte": resigned(
    (signature) => (signature.startsWith("0") ? "1" : "0") + signature.slice(1),
  ),
  "tampered_signature/02_wrong_signer": resigned((signature) => signature, OTHER_SEED),
  "tampered_signature/03_truncated_sig": resigned((signature) => signature.slice(0, -2)),

  "tampered_canonical_json/01_field_reordered": signedOver((text) => {
    const [first = "", ...rest] = text.slice(1, -1).split(/,(?="[a-z_]+":)/);
    return `{${[...rest, first].join(",")}}`;
  }),
  "tampered_canonical_json/02_whitespace_added": signedOver((text) => text.replace(",", ", ")),
  "tampered_canonical_json/03_dup_key_last_wins": (clock) => {
    const text = canonicalize(token(clock)).replace("{", '{"id":"cap-0",');
    return judge(clock, { ...requestWith(), capability: presentedCapability(text) });
  },
};

function depthLimit(delegationDepthLimit: number) {
  return policyWith((policy) => ({
    ...policy,
    kernel: { ...policy.kernel, delegationDepthLimit },
  }));
}

function narrowed(grant: JsonObject, body: JsonObject): Case {
  return () => {
    const given = delegated(1, { scope: { grants: [{ ...INVOKE, ...grant }] }, ...body });
    return judge(START + 10, requestWith(given.token, { agentId: given.agent }), {
      lineage: given.lineage,
    });
  };
}
