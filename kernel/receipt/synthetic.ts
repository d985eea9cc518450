import { isObject, type JsonObject, member } from "../json/value.ts";
import type { ReceiptFacts } from "./facts.ts";

/**
 * Whether the row is a denial that a streaming client made up when it could not reach a kernel: marked as
 * such, with key and signature empty. Only denials qualify and both members must be empty text, so that
 * nobody can turn an authorisation, or a receipt with a damaged signature, into "unsigned, changes nothing".
 */
export function isSynthetic(receipt: JsonObject, facts: ReceiptFacts): boolean {
  if (member(receipt, "signature") !== "" || facts.kernelKey !== "") {
    return false;
  }
  if (facts.decision !== "deny" && facts.decision !== "none") {
    return false;
  }
  const metadata = member(receipt, "metadata");
  return (
    facts.id.startsWith("chio-streaming-synth-") ||
    (isObject(metadata) && member(metadata, "chio_streaming_synthetic") === true)
  );
}
