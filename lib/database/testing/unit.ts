import { noChain } from "@/lib/verification/testing/no-chain.ts";
import { noDeadLetters } from "@/lib/verification/testing/no-dead-letters.ts";
import {
  FORMS,
  NO_NUMBER,
  type ReceiptTexts,
  type UnitResult,
} from "@/lib/verification/unit-result.ts";

type NumberColumn = "costUnits" | "sourcePartition" | "sourceOffset";
type TextColumn = Exclude<keyof ReceiptTexts, NumberColumn>;

/** What a test says of a receipt; everything else is filled in. */
export interface TestReceipt {
  readonly seq?: bigint;
  readonly timestamp?: bigint;
  readonly form?: (typeof FORMS)[number];
  readonly key?: string;
  readonly texts?: Partial<Record<TextColumn, string>>;
  readonly numbers?: Partial<Record<NumberColumn, bigint>>;
}

/** A unit's result with the given receipts, as a verifier would hand it over. */
export function unitOf(
  rowBase: number,
  receipts: readonly TestReceipt[],
): { result: UnitResult; texts: ReceiptTexts } {
  const count = receipts.length;
  const keys = [...new Set(receipts.map((receipt) => receipt.key ?? "aa"))];
  const column = (name: TextColumn, fallback: string) =>
    receipts.map((receipt) => receipt.texts?.[name] ?? fallback);
  const numbers = (name: NumberColumn) =>
    receipts.map((receipt) => receipt.numbers?.[name] ?? NO_NUMBER);
  const result: UnitResult = {
    member: 0,
    start: 0,
    rowBase,
    lines: count,
    records: count,
    exported: {},
    keys,
    capabilities: ["cap-1"],
    pointers: [""],
    receipts: {
      count,
      line: Uint32Array.from(receipts, (_, index) => index + 1),
      offset: new Float64Array(count),
      length: new Uint32Array(count),
      seq: BigUint64Array.from(receipts, (receipt) => receipt.seq ?? NO_NUMBER),
      timestamp: BigUint64Array.from(receipts, (receipt) => receipt.timestamp ?? NO_NUMBER),
      form: Uint8Array.from(receipts, (receipt) => FORMS.indexOf(receipt.form ?? "v1")),
      flags: new Uint16Array(count),
      key: Uint32Array.from(receipts, (receipt) => keys.indexOf(receipt.key ?? "aa")),
      capability: new Uint32Array(count),
      pointer: new Uint32Array(count),
      identity: new Uint8Array(32 * count),
      leaf: new Uint8Array(32 * count),
    },
    ids: "",
    proofs: {
      count: 0,
      line: new Uint32Array(),
      offset: new Float64Array(),
      length: new Uint32Array(),
      checkpointSeq: new BigUint64Array(),
      receiptSeq: new BigUint64Array(),
      leafIndex: new Float64Array(),
      proofLeafIndex: new Float64Array(),
      treeSize: new Float64Array(),
      root: new Uint8Array(),
      path: new Uint8Array(),
      pathEnd: new Uint32Array(),
    },
    chain: noChain(count),
    deadLetters: noDeadLetters(),
    others: [],
    rejects: [],
    findings: [],
    counted: {},
    refereed: { signatures: 0, checked: 0, disagreements: 0 },
  };
  const texts: ReceiptTexts = {
    id: receipts.map((receipt, index) => receipt.texts?.id ?? `rcpt-${rowBase + index}`),
    capabilityId: column("capabilityId", "cap-1"),
    agent: column("agent", "agent-1"),
    service: column("service", "payments"),
    toolServer: column("toolServer", "server-1"),
    toolName: column("toolName", "transfer"),
    decision: column("decision", "allow"),
    guard: column("guard", ""),
    reason: column("reason", ""),
    trustLevel: column("trustLevel", "mediated"),
    tenantId: column("tenantId", ""),
    reasonPattern: column("reasonPattern", ""),
    scope: column("scope", "server-1/transfer"),
    topic: column("topic", ""),
    messageKey: column("messageKey", ""),
    group: column("group", ""),
    currency: column("currency", ""),
    guards: column("guards", ""),
    costUnits: numbers("costUnits"),
    sourcePartition: numbers("sourcePartition"),
    sourceOffset: numbers("sourceOffset"),
    policyHash: column("policyHash", "00"),
  };
  return { result, texts };
}
