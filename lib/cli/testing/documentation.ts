import { publicKeyOf, sign } from "@/kernel/crypto/ed25519.ts";
import { sha256 } from "@/kernel/crypto/sha256.ts";
import { toHex, utf8 } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";

/** The five receipts of the documentation's example of a chain. */
const STEPS = [
  ["order-service", "events:produce:order.placed"],
  ["payment-service", "events:consume:order.placed"],
  ["payment-service", "charge_payment"],
  ["payment-service", "events:produce:payment.charged"],
  ["order-service", "events:consume:payment.charged"],
] as const;

export const FORWARD = `rcpt_001 (order.placed produced by order-service)
  -> rcpt_002 (order.placed consumed by payment-service)
    -> rcpt_003 (charge_payment tool call)
      -> rcpt_004 (payment.charged produced by payment-service)
        -> rcpt_005 (payment.charged consumed by order-service)
`;

export const BACKWARD = `rcpt_005 (payment.charged consumed by order-service)
  <- rcpt_004 (payment.charged produced by payment-service)
    <- rcpt_003 (charge_payment tool call)
      <- rcpt_002 (order.placed consumed by payment-service)
        <- rcpt_001 (order.placed produced by order-service)
`;

const SEED = sha256(utf8("documentation"));
const START = 1_776_270_871;

/**
 * The example's receipts as the documentation spells receipts, with `parent_receipt`: with a key and a
 * signature that are cut short, as printed, or signed over that spelling.
 */
export function documentationChain(spelling: "abbreviated" | "signed"): readonly JsonObject[] {
  return STEPS.map(([service, tool], index) => {
    const parameters = { order: 17, step: index };
    const body: JsonObject = {
      id: `rcpt_00${index + 1}`,
      timestamp: START + index,
      capability_id: "cap_orders",
      tool_server: service,
      tool_name: tool,
      action: {
        parameters,
        parameter_hash: `sha256:${toHex(sha256(utf8(canonicalize(parameters))))}`,
      },
      decision: "allow",
      content_hash: `sha256:${"ab".repeat(32)}`,
      policy_hash: `sha256:${"cd".repeat(32)}`,
      evidence: [{ guard: "mcp-tool", verdict: "allow" }],
      ...(index === 0 ? {} : { parent_receipt: `rcpt_00${index}` }),
      kernel_key:
        spelling === "signed"
          ? `ed25519:pub:${toHex(publicKeyOf(SEED))}`
          : "ed25519:pub:9c1f...e02b",
    };
    const signature =
      spelling === "signed" ? toHex(sign(SEED, utf8(canonicalize(body)))) : "41d0...77aa";
    return { ...body, signature: `ed25519:${signature}` };
  });
}
