import type { TrustBundle } from "@/kernel/trust/trust-bundle.ts";
import type { Evidence } from "@/lib/denials/model.ts";
import { type Content, detectContent } from "@/lib/ingest/layout.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import type { Unit } from "@/lib/ingest/record.ts";
import { bytesSource } from "@/lib/ingest/sources.ts";
import { Dataset } from "@/lib/verification/dataset.ts";
import type { DeadLetterRow } from "@/lib/verification/dead-letter-sink.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import type { ReceiptStatus } from "@/lib/verification/report.ts";
import { asDouble } from "@/lib/verification/rows.ts";
import { STATUS_NAMES } from "@/lib/verification/statuses.ts";
import type { ReceiptTexts, Reject, UnitResult } from "@/lib/verification/unit-result.ts";
import { verifyUnit } from "@/lib/verification/verify-unit.ts";
import type { LiveEvent, LiveRow } from "./model.ts";
import { RecentKeys } from "./recent-keys.ts";

export interface VerifiedChunk {
  /** In the order of the lines. */
  readonly rows: readonly LiveRow[];
  readonly events: readonly LiveEvent[];
}

/** Receipts and ids that are remembered, to tell a copy and to find the receipt that a dead letter names. */
const REMEMBERED = 200_000;

/**
 * Verifies what a live source yields, chunk by chunk, with the parts that verify a drop. A row is judged by
 * itself and by the pinned keys; what needs the whole log (gaps, forks, proofs that come later) is not
 * looked at, and a row without its inclusion proof in the same chunk is at best not checkpointed.
 */
export class ChunkVerifier {
  readonly #platform: Platform;
  readonly #path: string;
  /** How lines are read: as the first of them look. */
  #content: Content | null = null;
  readonly #leaves = new RecentKeys(REMEMBERED);
  readonly #ids = new RecentKeys(REMEMBERED);
  #rows = 0;

  /** @param path the name of the file, which may say of which topic and partition it is */
  constructor(platform: Platform, path: string) {
    this.#platform = platform;
    this.#path = path;
  }

  /**
   * @param lines whole lines in UTF-8
   * @param trust the auditor's keys; null where none is pinned
   */
  async verify(lines: Uint8Array, trust: TrustBundle | null): Promise<VerifiedChunk> {
    const source = bytesSource(lines);
    this.#content ??= await howToRead(lines, this.#path);
    const unit: Unit = {
      ...(this.#content ?? { layout: "lines" }),
      member: 0,
      path: this.#path,
      start: 0,
      end: lines.length,
      rowBase: 0,
    };
    const records = readUnit(source, unit, null);
    const { result, texts, letters } = await verifyUnit(unit, records, this.#platform);
    const statuses = await this.#judge(result, lines.length, trust);
    return this.#rowsOf(result, texts, letters, statuses);
  }

  async #judge(
    result: UnitResult,
    size: number,
    trust: TrustBundle | null,
  ): Promise<readonly (ReceiptStatus | "unsigned")[]> {
    const dataset = new Dataset();
    const path = "live";
    dataset.addInput({ input: 0, path, sha256: "", size, recognisedAs: path });
    dataset.addMembers([
      {
        id: 0,
        input: 0,
        path,
        collection: "",
        name: path,
        layout: "lines",
        sha256: "",
        table: null,
        size,
      },
    ]);
    dataset.add(result);
    const { statuses } = await dataset.conclude({
      trust,
      platform: this.#platform,
      partial: true,
    });
    return Array.from(statuses.ofRow, (status) => STATUS_NAMES[status] ?? "not-checked");
  }

  #rowsOf(
    result: UnitResult,
    texts: ReceiptTexts,
    letters: readonly DeadLetterRow[],
    statuses: readonly (ReceiptStatus | "unsigned")[],
  ): VerifiedChunk {
    const found: Arrival[] = [];
    for (let at = 0; at < result.receipts.count; at += 1) {
      found.push(this.#receipt(result, texts, at, statuses[at] ?? "not-checked"));
    }
    for (const [at, letter] of letters.entries()) {
      const isHeld = (result.deadLetters.receipt[at] ?? -1) !== -1;
      if (!isHeld && !this.#ids.has(letter.deadLetter.receiptId)) {
        found.push(claimOf(letter));
      }
    }
    for (const reject of result.rejects) {
      found.push(notUnderstood(reject));
    }
    // A stable sort: what stands in one line keeps its order.
    found.sort((a, b) => a.line - b.line);
    const rows: LiveRow[] = [];
    const events: LiveEvent[] = [];
    for (const { row, event } of found) {
      this.#rows += 1;
      rows.push({ ...row, number: this.#rows });
      if (event !== null) {
        events.push({ ...event, row: this.#rows });
      }
    }
    return { rows, events };
  }

  #receipt(
    { receipts }: UnitResult,
    texts: ReceiptTexts,
    at: number,
    status: ReceiptStatus | "unsigned",
  ): Arrival {
    const text = (column: readonly string[]): string => column[at] ?? "";
    const leaf = String.fromCharCode(...receipts.leaf.subarray(at * 32, at * 32 + 32));
    const isCopy = !this.#leaves.add(leaf);
    const id = text(texts.id);
    this.#ids.add(id);
    const second = whole(asDouble(receipts.timestamp[at]));
    const decision = decisionOf(text(texts.decision));
    const row = {
      kind: "receipt",
      second,
      decision,
      status,
      id,
      agent: text(texts.agent),
      service: text(texts.service),
      tool: text(texts.toolName),
      guard: text(texts.guard),
      reason: text(texts.reason),
      isCopy,
    } as const;
    const event = {
      second,
      isDenied: decision === "deny",
      evidence: EVIDENCE_OF[status],
      fields: {
        agent: row.agent,
        service: row.service,
        tool: row.tool,
        scope: text(texts.scope),
        topic: text(texts.topic),
        guard: row.guard,
        reason: text(texts.reasonPattern),
        capability: text(texts.capabilityId),
        policy: text(texts.policyHash),
        key: text(texts.messageKey),
        group: text(texts.group),
      },
    };
    const counts = !isCopy && decision !== "none";
    return { line: receipts.line[at] ?? 0, row, event: counts ? event : null };
  }
}

/**
 * Lines of a log, unless the first of them are records as a tool writes them down. What looks like neither is
 * still read line by line: the next line may be a receipt. Blank lines tell nothing.
 */
async function howToRead(lines: Uint8Array, path: string): Promise<Content | null> {
  const content = await detectContent(bytesSource(lines), { path });
  switch (content.layout) {
    case "lines":
    case "grouped":
    case "quoted":
      return content;
    case "empty":
      return null;
    case "values":
    case "rows":
    case "text":
    case "binary":
      return { layout: "lines" };
  }
}

interface Arrival {
  readonly line: number;
  readonly row: Omit<LiveRow, "number">;
  /** Null for what is no decision, and for a copy of one. */
  readonly event: Omit<LiveEvent, "row"> | null;
}

/** An unsigned synthetic denial claims what a dead letter without a receipt claims. */
const EVIDENCE_OF: Readonly<Record<ReceiptStatus | "unsigned", Evidence>> = {
  verified: "verified",
  "verified-not-checkpointed": "verified",
  "self-consistent": "self-consistent",
  "not-checked": "not-checked",
  "does-not-verify": "does-not-verify",
  unsigned: "claim",
};

function claimOf({ line, deadLetter, reasonPattern, key, tool, scope }: DeadLetterRow): Arrival {
  const isDenial = deadLetter.kind === "denial";
  const second = whole(deadLetter.second ?? Number.NaN);
  return {
    line,
    row: {
      kind: isDenial ? "claim" : "failure",
      second,
      decision: isDenial ? "deny" : "none",
      status: null,
      id: deadLetter.receiptId,
      agent: deadLetter.agent,
      service: "",
      tool,
      guard: deadLetter.guard,
      reason: deadLetter.reason,
      isCopy: false,
    },
    event: isDenial
      ? {
          second,
          isDenied: true,
          evidence: "claim",
          fields: {
            agent: deadLetter.agent,
            service: "",
            tool,
            scope,
            topic: deadLetter.source.topic,
            guard: deadLetter.guard,
            reason: reasonPattern,
            capability: "",
            policy: "",
            key,
            group: deadLetter.group,
          },
        }
      : null,
  };
}

function notUnderstood({ line, excerpt }: Reject): Arrival {
  return {
    line,
    row: {
      kind: "not-understood",
      second: null,
      decision: "none",
      status: null,
      id: "",
      agent: "",
      service: "",
      tool: "",
      guard: "",
      reason: excerpt,
      isCopy: false,
    },
    event: null,
  };
}

function decisionOf(text: string): LiveRow["decision"] {
  switch (text) {
    case "allow":
    case "deny":
    case "cancelled":
    case "incomplete":
      return text;
    default:
      return "none";
  }
}

function whole(second: number): number | null {
  return Number.isNaN(second) ? null : second;
}
