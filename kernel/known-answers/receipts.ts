import { parseJson } from "../json/parse.ts";
import { isObject } from "../json/value.ts";
import type { Primitives } from "../primitives.ts";
import { inspectReceipt } from "../receipt/inspect.ts";
import { checkClaim, type SignatureBackend } from "../signature.ts";
import { accept, type KnownAnswer, type Run, refuse } from "./answer.ts";

/** Signed with a public seed, by other code than this. The parameters hold an integer beyond 2^53. */
const PRE_V1 =
  '{"action":{"parameter_hash":"1d3b5fe9ab9ad33b8793f3aa6bad06587eb7f2293131a3a2faf9d751004b7fa5","parameters":{"path":"/srv/ledger/2026.csv","rows":9007199254740993}},"capability_id":"cap-known-answer","content_hash":"74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b","decision":{"verdict":"allow"},"evidence":[{"details":"inside the allowed folder","guard_name":"path-allowlist","verdict":true}],"id":"rcpt-known-answer","kernel_key":"0d7550754e0800a5d237eef5826035766b9b3e5a15868a940ab289958788e3b0","policy_hash":"ea83ffad5782d25b14bc03864971e6dc656a322bd3877d9c308e8e735e2cc3f5","signature":"6b89c5f4e1fb2a1327736ad1a2e73bd97c1b655a8a3bba75feede39a6c9448bd777989da6c61c4488a8a950ab188b46f909a5e71d9cb9002ce1a4eaf1fe5af0f","timestamp":1767225600,"tool_name":"read_file","tool_server":"srv-files"}';
const V1 =
  '{"action":{"parameter_hash":"1d3b5fe9ab9ad33b8793f3aa6bad06587eb7f2293131a3a2faf9d751004b7fa5","parameters":{"path":"/srv/ledger/2026.csv","rows":9007199254740993}},"boundary_class":"prevent","capability_id":"cap-known-answer","content_hash":"74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b","decision":{"guard":"path-allowlist","reason":"the path is outside the allowed folder","verdict":"deny"},"evidence":[{"details":"outside","guard_name":"path-allowlist","verdict":false}],"id":"bcf3bba0797ad9b82e8aaad499cf0b71e6b1d77927dfcf15d24f3a8e17b0d006","kernel_key":"0d7550754e0800a5d237eef5826035766b9b3e5a15868a940ab289958788e3b0","policy_hash":"ea83ffad5782d25b14bc03864971e6dc656a322bd3877d9c308e8e735e2cc3f5","receipt_kind":"mediated_decision","redaction_mode":"none","signature":"f072468b98f6d048bd33a347a5de4d56caf3d9442556f0722638577f8a08e1a04d2f5befcacd3f429afeb19a69956171b72f076bd3b9efa302b95b0b9844fe04","timestamp":1767225600,"tool_name":"read_file","tool_origin":"caller_executed","tool_server":"srv-files","trust_level":"mediated"}';

/** A signature over the v1 content without its id, as an older signer would have made it. */
const V1_WITHOUT_ENVELOPE =
  '"b11072fcdca7cfd9e31666ff33ceec75ebd999f6df9671a7d069ba0ae4ad6997d36869833430c8ad4c9bf374dae78c5c9bf21dda989c30b1dbeb5be8db8d7705"';

/** Whether a receipt is self-consistent: no check of its content fails, and its signature fits. */
async function holds(
  text: string,
  primitives: Primitives,
  backend: SignatureBackend,
): Promise<boolean> {
  const parsed = parseJson(text);
  if (!parsed.ok || !isObject(parsed.value.value)) {
    return false;
  }
  const { checks, claim } = inspectReceipt(parsed.value.value, primitives);
  if (claim === null || checks.some(({ outcome }) => outcome.kind === "failed")) {
    return false;
  }
  return (await checkClaim(claim, backend)).kind === "fits";
}

function receipt(text: string): Run {
  return (primitives, backend) => holds(text, primitives, backend);
}

/** A signed receipt with one part replaced. A part that is not there would prove nothing. */
function edited(text: string, part: string | RegExp, replacement: string): Run {
  const other = text.replace(part, replacement);
  return (primitives, backend) => other === text || holds(other, primitives, backend);
}

/** Whole receipts, from text to verdict, and what an adversary would change in them. */
export const RECEIPT_ANSWERS: readonly KnownAnswer[] = [
  accept("receipt-pre-v1", receipt(PRE_V1)),
  accept("receipt-v1", receipt(V1)),
  accept("receipt-respaced", receipt(V1.replaceAll('":', '" : '))),
  refuse(
    "receipt-pre-v1-decision",
    edited(PRE_V1, '{"verdict":"allow"}', '{"guard":"g","reason":"r","verdict":"deny"}'),
  ),
  refuse("receipt-pre-v1-id", edited(PRE_V1, "rcpt-known", "rcpt-other")),
  refuse(
    "receipt-pre-v1-rounded-parameter",
    edited(PRE_V1, "9007199254740993", "9007199254740992"),
  ),
  refuse("receipt-pre-v1-evidence-removed", edited(PRE_V1, /"evidence":\[.*?\],/, "")),
  refuse("receipt-pre-v1-unsigned", edited(PRE_V1, /"signature":"[^"]*",/, "")),
  refuse("receipt-v1-timestamp", edited(V1, '"timestamp":1767225600', '"timestamp":1767225601')),
  refuse("receipt-v1-id", edited(V1, '"id":"b', '"id":"c')),
  refuse("receipt-v1-parameters", edited(V1, "2026.csv", "2025.csv")),
  refuse(
    "receipt-v1-trust-level",
    edited(V1, '"trust_level":"mediated"', '"trust_level":"verified"'),
  ),
  refuse(
    "receipt-v1-without-envelope",
    edited(V1, /(?<="signature":)"[^"]*"/, V1_WITHOUT_ENVELOPE),
  ),
];
