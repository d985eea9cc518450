import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { signDelegationLink, signToken } from "@/kernel/capability/sign.ts";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import type { JsonObject, JsonValue } from "@/kernel/json/value.ts";
import { actionOf, signHttp, signPreV1, signV1 } from "@/kernel/receipt/sign.ts";
import { without } from "@/kernel/record-members.ts";
import type { Signer } from "@/kernel/signer.ts";

/** What has to become of a denial; written beside how it is made, never worked out. */
export type Truth = "allowed" | `denied ${string}` | `not-evaluated ${string}`;

export interface SeededDenial {
  readonly receipt: JsonObject;
  readonly truth: Truth;
  readonly agentAssumed: boolean;
}

export interface SeededLog {
  readonly denials: readonly SeededDenial[];
  /** Tokens and lineage rows that are loaded beside the denials. */
  readonly tokens: readonly JsonObject[];
  readonly lineage: readonly JsonObject[];
  /** The token of `cap-edited` as issued: its scope misses what most denials ask for. */
  readonly loaded: JsonObject;
  /** The same with the grants that the person adds; unsigned. */
  readonly edited: JsonObject;
}

const START = 1_776_297_600;
const DAY = 86_400;
const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

/** A signer of the platform: thousands of receipts are signed here. */
function signerOf(name: string): Signer {
  const seed = sha256(utf8(`replay test ${name}`));
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    publicKey: toHex(new Uint8Array(spki.subarray(-32))),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

export const AUTHORITY = signerOf("authority");
export const KERNEL = signerOf("kernel");
const AGENT = signerOf("agent");
const OTHER_AGENT = signerOf("other agent");

function grant(server: string, tool: string, more: JsonObject = {}): JsonObject {
  return { server_id: server, tool_name: tool, operations: ["invoke"], ...more };
}

function body(id: string, grants: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return {
    id,
    subject: AGENT.publicKey,
    issued_at: START,
    expires_at: START + DAY,
    scope: { grants },
    ...more,
  };
}

const EVERYTHING = [grant("*", "*")];
const EDITED_BEFORE = body("cap-edited", [grant("streams", "events:consume:research-tasks")]);
const EDITED_AFTER = body("cap-edited", [
  grant("streams", "events:consume:research-tasks"),
  grant("streams", "events:consume:payments", {
    constraints: [{ type: "max_args_size", value: 64 }],
  }),
  grant("streams", "events:produce:refunds"),
]);

function tokens(): readonly JsonObject[] {
  const sound = signToken(body("cap-all", EVERYTHING), AUTHORITY);
  const forged = signToken(body("cap-forged", EVERYTHING), AUTHORITY);
  return [
    signToken(EDITED_BEFORE, AUTHORITY),
    sound,
    signToken(body("cap-ended", EVERYTHING, { expires_at: START + 1 }), AUTHORITY),
    { ...forged, expires_at: START + 2 * DAY },
    signToken(body("cap-proof", [grant("*", "*", { dpop_required: true })]), AUTHORITY),
    signToken(body("cap-stranger", EVERYTHING), signerOf("stranger")),
    signToken(
      body("cap-handed-on", EVERYTHING, {
        delegation_chain: [
          signDelegationLink(
            {
              capability_id: "cap-root",
              delegatee: AGENT.publicKey,
              timestamp: START,
            },
            OTHER_AGENT,
          ),
        ],
      }),
      AUTHORITY,
    ),
  ];
}

const LINEAGE: readonly JsonObject[] = [
  {
    capability_id: "cap-stored",
    subject_key: AGENT.publicKey,
    issuer_key: AUTHORITY.publicKey,
    issued_at: START,
    expires_at: START + DAY,
    grants_json: JSON.stringify({ grants: [grant("web", "search", { constraints: [] })] }),
    delegation_depth: 0,
    parent_capability_id: null,
  },
];

interface Asked {
  readonly server: string;
  readonly tool: string;
  readonly params: JsonValue;
  readonly capability: string;
  /** Null where the receipt names no agent. */
  readonly agent?: string | null;
  readonly guard?: string;
  readonly reason?: string;
  readonly urn?: string;
  /** Changes the body before it is signed. */
  readonly change?: (body: JsonObject) => JsonObject;
}

function denial(asked: Asked, at: number, nonce: string): JsonObject {
  const agent = asked.agent === undefined ? AGENT.publicKey : asked.agent;
  const receipt: JsonObject = {
    id: nonce,
    timestamp: at,
    capability_id: asked.capability,
    tool_server: asked.server,
    tool_name: asked.tool,
    action: actionOf(asked.params),
    decision: {
      verdict: "deny",
      reason: asked.reason ?? `requested tool ${asked.tool} is not in capability scope`,
      guard: asked.guard ?? "kernel",
    },
    receipt_kind: "mediated_decision",
    boundary_class: "prevent",
    tool_origin: "caller_executed",
    redaction_mode: "none",
    content_hash: "ab".repeat(32),
    policy_hash: "cd".repeat(32),
    metadata: {
      ...(agent === null
        ? {}
        : { attribution: { subject_key: agent, issuer_key: AUTHORITY.publicKey } }),
      ...(asked.urn === undefined ? {} : { chio_explorer: { reason_code: asked.urn } }),
    },
    trust_level: "mediated",
  };
  return signV1(asked.change?.(receipt) ?? receipt, KERNEL);
}

function httpDenial(at: number, nonce: string): JsonObject {
  const hash = "ab".repeat(32);
  return signHttp(
    {
      id: nonce,
      request_id: nonce,
      route_pattern: "/pets/{id}",
      method: "POST",
      caller_identity_hash: hash,
      verdict: { verdict: "deny", reason: "side effects need a capability", guard: "kernel" },
      response_status: 403,
      timestamp: at,
      content_hash: hash,
      policy_hash: hash,
    },
    KERNEL,
  );
}

const PAYMENT = { server: "streams", tool: "events:consume:payments", capability: "cap-edited" };
const FILE = { server: "files", tool: "read_file", params: { path: "/srv/data/a.txt" } };
const SMALL = { topic: "payments" };

interface Kind {
  readonly name: string;
  /** How often, against the others. */
  readonly weight: number;
  readonly truth: Truth;
  readonly make: (at: number, nonce: string) => JsonObject;
  readonly agentAssumed?: boolean;
}

function asking(asked: Asked): Kind["make"] {
  return (at, nonce) => denial(asked, at, nonce);
}

/** Every way in which a denial can come out, under the edited capability and the default policy. */
const KINDS: readonly Kind[] = [
  {
    name: "granted now",
    weight: 40,
    truth: "allowed",
    make: asking({ ...PAYMENT, params: SMALL }),
  },
  {
    name: "granted now, in the older form",
    weight: 4,
    truth: "allowed",
    make: (at, nonce) => {
      const v1 = denial({ ...PAYMENT, params: SMALL }, at, nonce);
      const later = [
        "receipt_kind",
        "boundary_class",
        "tool_origin",
        "redaction_mode",
        "trust_level",
      ];
      return signPreV1({ ...without(v1, ...later, "signature", "kernel_key"), id: nonce }, KERNEL);
    },
  },
  {
    name: "granted now at the third boundary",
    weight: 4,
    truth: "allowed",
    make: asking({ ...PAYMENT, tool: "events:produce:refunds", params: { topic: "refunds" } }),
  },
  {
    name: "no agent named",
    weight: 3,
    truth: "allowed",
    agentAssumed: true,
    make: asking({ ...PAYMENT, params: SMALL, agent: null }),
  },
  {
    name: "granted with a condition that does not hold",
    weight: 6,
    truth: "denied out-of-scope kernel by-constraint",
    make: asking({ ...PAYMENT, params: { topic: "payments", note: "n".repeat(64) } }),
  },
  {
    name: "still not granted",
    weight: 6,
    truth: "denied out-of-scope kernel",
    make: asking({ ...PAYMENT, tool: "events:consume:secrets", params: SMALL }),
  },
  {
    name: "another agent",
    weight: 2,
    truth: "denied subject-mismatch kernel",
    make: asking({ ...PAYMENT, params: SMALL, agent: OTHER_AGENT.publicKey }),
  },
  {
    name: "a guard that looks at the call alone",
    weight: 5,
    truth: "denied guard-denied forbidden-path",
    make: asking({
      ...FILE,
      capability: "cap-all",
      params: { path: "/etc/shadow" },
      guard: "forbidden-path",
      reason: 'guard "forbidden-path" denied the request: /etc/shadow',
    }),
  },
  {
    name: "allowed by the token that is loaded",
    weight: 3,
    truth: "allowed",
    make: asking({ ...FILE, capability: "cap-all" }),
  },
  {
    name: "after the end of the loaded token",
    weight: 2,
    truth: "denied expired kernel",
    make: asking({ ...FILE, capability: "cap-ended" }),
  },
  {
    name: "a loaded token that was changed",
    weight: 2,
    truth: "denied invalid-signature kernel",
    make: asking({ ...FILE, capability: "cap-forged" }),
  },
  {
    name: "a loaded token of an authority that is not pinned",
    weight: 2,
    truth: "denied untrusted-issuer kernel",
    make: asking({ ...FILE, capability: "cap-stranger" }),
  },
  {
    name: "a store’s row covers it",
    weight: 3,
    truth: "allowed",
    make: asking({ server: "web", tool: "search", params: { q: "a" }, capability: "cap-stored" }),
  },
  {
    name: "a store’s row does not cover it",
    weight: 2,
    truth: "denied out-of-scope kernel",
    make: asking({ ...FILE, capability: "cap-stored" }),
  },
  {
    name: "not loaded",
    weight: 4,
    truth: "not-evaluated capability-not-loaded",
    make: asking({ ...FILE, capability: "cap-nowhere" }),
  },
  {
    name: "none presented",
    weight: 1,
    truth: "not-evaluated capability-not-named",
    make: asking({ ...FILE, capability: "none" }),
  },
  {
    name: "redacted",
    weight: 2,
    truth: "not-evaluated parameters-redacted",
    make: asking({
      ...PAYMENT,
      params: SMALL,
      change: (receipt) => ({ ...receipt, redaction_mode: "redacted" }),
    }),
  },
  {
    name: "without parameters",
    weight: 1,
    truth: "not-evaluated no-parameters",
    make: asking({
      ...PAYMENT,
      params: SMALL,
      change: (receipt) => ({ ...receipt, action: { parameter_hash: "ab".repeat(32) } }),
    }),
  },
  {
    name: "parameters that were not hashed",
    weight: 1,
    truth: "not-evaluated parameters-differ",
    make: asking({
      ...PAYMENT,
      params: SMALL,
      change: (receipt) => ({
        ...receipt,
        action: { ...actionOf(SMALL), parameters: { topic: "invoices" } },
      }),
    }),
  },
  { name: "http", weight: 2, truth: "not-evaluated http-receipt", make: httpDenial },
  {
    name: "denied by a guard that remembers",
    weight: 3,
    truth: "not-evaluated cause-left-out velocity",
    make: asking({ ...FILE, capability: "cap-all", guard: "velocity", reason: "too many calls" }),
  },
  {
    name: "the same by an older kernel, which writes the guard into the reason",
    weight: 2,
    truth: "not-evaluated cause-left-out data-flow",
    make: asking({
      ...FILE,
      capability: "cap-all",
      reason: 'guard denied the request: guard "data-flow" denied the request',
    }),
  },
  {
    name: "a budget that was used up",
    weight: 2,
    truth: "not-evaluated cause-left-out budget",
    make: asking({
      ...FILE,
      capability: "cap-all",
      reason: "invocation budget exhausted for capability cap-all",
      urn: "urn:chio:error:kernel:budget-exhausted",
    }),
  },
  {
    name: "revoked, by its words alone",
    weight: 1,
    truth: "not-evaluated cause-left-out revocation",
    make: asking({
      ...FILE,
      capability: "cap-all",
      reason: "capability has been revoked: cap-all",
    }),
  },
  {
    name: "out of scope, with a tool named after a budget",
    weight: 2,
    truth: "denied out-of-scope kernel",
    make: asking({ ...FILE, tool: "revoked_budget", capability: "cap-edited" }),
  },
  {
    name: "a proof of possession is asked for",
    weight: 2,
    truth: "not-evaluated proof-not-kept",
    make: asking({ ...FILE, capability: "cap-proof" }),
  },
  {
    name: "handed on",
    weight: 2,
    truth: "not-evaluated ancestors-not-loaded",
    make: asking({ ...FILE, capability: "cap-handed-on" }),
  },
];

/** The names of all kinds: a log in which one is missing proves less. */
export const KIND_COUNT = KINDS.length;

/** `count` denials of all kinds, in an order that the seed decides. The first of each kind come first. */
export function seededLog(count: number, seed: number): SeededLog {
  const denials: SeededDenial[] = [];
  const pick = weighted(seed);
  for (let index = 0; index < count; index += 1) {
    const kind = KINDS[index] ?? pick();
    denials.push({
      receipt: kind.make(START + 60 + (index % 3_600), `rcpt-${seed}-${index}`),
      truth: kind.truth,
      agentAssumed: kind.agentAssumed ?? false,
    });
  }
  const all = tokens();
  const [loaded = {}] = all;
  return { denials, tokens: all, lineage: LINEAGE, loaded, edited: EDITED_AFTER };
}

function weighted(seed: number): () => Kind {
  const bag = KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const kind = bag[Math.floor((state / 2 ** 32) * bag.length)];
    if (kind === undefined) throw new RangeError("the bag is empty");
    return kind;
  };
}

/** How many denials have each truth. */
export function truths(denials: readonly SeededDenial[]): ReadonlyMap<Truth, number> {
  const counts = new Map<Truth, number>();
  for (const { truth } of denials) {
    counts.set(truth, (counts.get(truth) ?? 0) + 1);
  }
  return counts;
}
