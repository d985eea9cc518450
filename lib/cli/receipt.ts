import { EXIT } from "./exit.ts";
import { runReceiptChain } from "./receipt-chain.ts";
import { runReceiptExplain } from "./receipt-explain.ts";
import { runReceiptList } from "./receipt-list.ts";
import { runReceiptShow } from "./receipt-show.ts";
import { runReceiptVerify } from "./receipt-verify.ts";
import { safeText } from "./safe-text.ts";
import type { Surroundings } from "./surroundings.ts";
import { RECEIPT_USAGE } from "./usage.ts";

/** `chio receipt chain|list|show|explain|verify`: single receipts among the files that are named. */
export async function runReceipt(words: readonly string[], around: Surroundings): Promise<number> {
  const [command, ...rest] = words;
  if (asksForHelp(words)) {
    around.out.write(RECEIPT_USAGE);
    return EXIT.nothingFails;
  }
  switch (command) {
    case "chain":
      return runReceiptChain(rest, around);
    case "list":
      return runReceiptList(rest, around);
    case "show":
      return runReceiptShow(rest, around);
    case "explain":
      return runReceiptExplain(rest, around);
    case "verify":
      return runReceiptVerify(rest, around);
    default:
      if (command !== undefined) {
        around.complain.write(`chio receipt: unknown command ${safeText(command)}\n`);
      }
      around.complain.write(RECEIPT_USAGE);
      return EXIT.unusable;
  }
}

/** Anywhere before `--`, after which every word is a name. */
function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  const options = end === -1 ? words : words.slice(0, end);
  return words[0] === "help" || options.some((word) => word === "--help" || word === "-h");
}
