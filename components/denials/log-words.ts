import { visibleText } from "@/components/receipts/visible-text.ts";
import { clip } from "@/lib/graph/item-words.ts";

const LONGEST = 160;

/** A text of a log on one line, at most 160 characters; what would not be seen is made visible. */
export function logWords(text: string, none = "(none)"): string {
  return text === "" ? none : visibleText(clip(text, LONGEST));
}

/** A policy's hash as it stands beside a mark: `9b07…e2d1`. */
export function policyHash(policy: string): string {
  const body = policy.replace(/^sha256:/u, "");
  return body.length <= 12 ? logWords(body) : visibleText(`${body.slice(0, 4)}…${body.slice(-4)}`);
}
