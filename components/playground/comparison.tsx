import type { ReactNode } from "react";
import { formatTime } from "@/lib/display/time.ts";
import type { JudgedOutcome } from "@/lib/playground/model.ts";
import { compareWithReceipt } from "./compare-with-receipt.ts";
import { useDesk } from "./use-desk.ts";

/** Whether the verdict here is the one that the receipt was signed with. */
export function Comparison({ outcome }: { readonly outcome: JudgedOutcome }): ReactNode {
  const origin = useDesk((state) => state.draft.origin);
  if (origin.kind !== "receipt") return null;
  const of = origin.timestamp === null ? "" : ` of ${formatTime(origin.timestamp)}`;
  switch (compareWithReceipt(outcome, origin)) {
    case "same":
      return `Same as the signed receipt${of}`;
    case "other-reason":
      return `Same decision as the signed receipt${of}, for another reason`;
    case "differs":
      return `Differs from the signed receipt${of}`;
  }
}
