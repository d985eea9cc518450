import { toHex } from "@/kernel/encoding.ts";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { hashHex } from "@/kernel/texts.ts";
import type { DemoKey } from "../keys.ts";
import type { DemoPorts } from "../ports.ts";

export interface Lineage {
  readonly parent: string;
  readonly parentRequest: string;
  readonly child: string;
  readonly childRequest: string;
  /** Unix seconds. */
  readonly issuedAt: number;
}

/**
 * The kernel's signed word that one receipt brought another about (wire format 3), as a line without its end.
 * It proves itself, not the receipts that it names.
 */
export async function lineageLine(
  lineage: Lineage,
  key: DemoKey,
  { primitives, sign }: DemoPorts,
): Promise<string> {
  const content: JsonObject = {
    schema: "chio.receipt_lineage_statement.v1",
    id: `lineage-${hashHex(`${lineage.parent} ${lineage.child}`, primitives).slice(0, 24)}`,
    parentRequestId: lineage.parentRequest,
    parentReceiptId: lineage.parent,
    childRequestId: lineage.childRequest,
    childReceiptId: lineage.child,
    relationKind: "local_child",
    evidenceClass: "verified",
    issuedAt: lineage.issuedAt,
    kernelKey: key.key,
  };
  const signature = await sign(key.seed, primitives.utf8(canonicalize(content)));
  return canonicalize({ ...content, signature: toHex(signature) });
}
