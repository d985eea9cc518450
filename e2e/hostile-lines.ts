import type { JsonRecord } from "../test/mutation/support/json.ts";
import {
  hashJson,
  signContentAddressed,
  signPlain,
  testKey,
} from "../test/mutation/support/signing.ts";

/** Receipts whose signer is hostile: what they say is signed, so only its place on the page can hurt. */

const KEY = testKey("kernel");

/** Texts that would do something if they became HTML, SQL, a formula, a path or a prototype. */
export const HOSTILE_TEXTS = [
  `<img src=x onerror="window.planted='ran'"><script>window.planted='ran'</script>`,
  `"><svg/onload=window.planted='ran'>`,
  `'); DROP TABLE receipts; --`,
  "__proto__",
  "constructor",
  "javascript:window.planted='ran'",
  "{{constructor.constructor('window.planted=1')()}}",
  "../../../../etc/passwd",
  '=HYPERLINK("http://127.0.0.1:9/")',
] as const;

/** A v1 receipt in which every free text is `text`, properly signed. */
export function hostileReceipt(text: string, timestamp: number): string {
  const parameters: JsonRecord = { [text]: text, nested: [{ [text]: text }] };
  const body: JsonRecord = {
    timestamp,
    capability_id: text,
    tool_server: text,
    tool_name: text,
    action: { parameters, parameter_hash: hashJson(parameters) },
    decision: { verdict: "deny", reason: text, guard: text },
    content_hash: text,
    policy_hash: text,
    evidence: [{ guard_name: text, verdict: false, details: text }],
    kernel_key: KEY.hex,
    receipt_kind: "mediated_decision",
    boundary_class: "prevent",
    tool_origin: "caller_executed",
    redaction_mode: "none",
    trust_level: "mediated",
    metadata: { [text]: text, chio_receipt_signing_nonce: text, chio_explorer: { service: text } },
  };
  // A member of that name must stand in the text: an object literal would take it as its prototype.
  return JSON.stringify(signContentAddressed(body, KEY));
}

/** A child receipt that is as it should be, to stand among others. */
export function goodReceipt(id: string): string {
  const body = {
    id,
    timestamp: 1_776_269_200,
    session_id: "sess-1",
    parent_request_id: "req-1",
    request_id: `req-${id}`,
    operation_kind: "tool_call",
    terminal_state: { state: "completed" },
    outcome_hash: "00".repeat(32),
    policy_hash: "policy",
    metadata: {},
    kernel_key: KEY.hex,
  };
  return JSON.stringify(signPlain(body, KEY));
}

const GOOD = goodReceipt("bad");
const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;

/** Lines that may not be read, and the code that each must get. */
export const BAD_LINES: readonly (readonly [string, string, string])[] = [
  ["10,000 levels", deep, "LIM-002"],
  ["10,000 levels in a receipt", GOOD.replace('"metadata":{}', `"metadata":${deep}`), "LIM-002"],
  ["NaN", GOOD.replace("1776269200", "NaN"), "FMT-006"],
  ["1e400", GOOD.replace("1776269200", "1e400"), "FMT-006"],
  ["a name twice", GOOD.replace("{", '{"id":"bad",'), "FMT-001"],
  ["a lone surrogate", GOOD.replace("sess-1", "\\ud800"), "FMT-005"],
  ["2^64", GOOD.replace("1776269200", "18446744073709551616"), "FMT-007"],
  ["a cut line", GOOD.slice(0, 300), "FMT-003"],
  ["no JSON", "'); DROP TABLE receipts; --", "FMT-002"],
  [
    "a prototype",
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    "FMT-004",
  ],
];
