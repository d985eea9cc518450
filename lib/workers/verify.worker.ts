import { runSelfTest } from "@/kernel/self-test.ts";
import { deadLetterBatch } from "@/lib/database/dead-letter-batch.ts";
import { receiptBatch } from "@/lib/database/receipt-batch.ts";
import { readUnit } from "@/lib/ingest/read-unit.ts";
import type { Unit } from "@/lib/ingest/record.ts";
import { blobSource } from "@/lib/ingest/sources.ts";
import type { Platform } from "@/lib/verification/platform.ts";
import { FLAG } from "@/lib/verification/unit-result.ts";
import { verifyUnit } from "@/lib/verification/verify-unit.ts";
import { webPlatform } from "./platform-web.ts";
import type { FromVerifier, MemberMessage, ResultMessage, ToVerifier } from "./protocol.ts";
import { countRequests } from "./request-ledger.ts";

/** Reads and verifies one unit at a time. Holds no data between units but the members' handles. */

const members = new Map<number, MemberMessage>();
let platform: Platform | null = null;
let engine: MessagePort | null = null;
let stopped = false;

self.addEventListener("message", (event: MessageEvent<ToVerifier>) => {
  receive(event.data).catch((error: unknown) => {
    post({ kind: "failed", message: String(error) });
  });
});

async function receive(message: ToVerifier): Promise<void> {
  switch (message.kind) {
    case "start": {
      platform = await webPlatform();
      const selfTest = await runSelfTest(platform.primitives, platform.backend);
      countRequests((count) => post({ kind: "requests", count }));
      post({ kind: "ready", selfTest, exact: platform.exact });
      return;
    }
    case "connect":
      engine = message.port;
      return;
    case "member":
      members.set(message.id, message);
      return;
    case "unit":
      stopped = false;
      try {
        await verify(message.unit);
      } catch (error) {
        post({ kind: "unit-failed", message: String(error) });
      }
      return;
    case "forget":
      members.clear();
      return;
    case "stop":
      stopped = true;
      return;
  }
}

async function verify(unit: Unit): Promise<void> {
  const member = members.get(unit.member);
  if (platform === null || engine === null || member === undefined) {
    throw new Error("a unit came before what it needs");
  }
  const records = readUnit(blobSource(member.blob), unit, member.bounds);
  const { result, texts, letters, transfer } = await verifyUnit(
    unit,
    records,
    platform,
    () => stopped,
  );
  const batches = {
    receipts: receiptBatch(member.path, result, texts),
    deadLetters: deadLetterBatch(member.path, unit.rowBase, letters),
  };
  const done: FromVerifier = {
    kind: "done",
    rowBase: unit.rowBase,
    bytes: unit.end - unit.start,
    records: result.records,
    rejected: result.rejects.length,
    receipts: result.receipts.count,
    failing: countFailing(result.receipts.flags),
    deadLetters: letters.length,
    batches,
  };
  const message: ResultMessage = { kind: "result", result };
  engine.postMessage(message, transfer.filter(isUnshared));
  const sent = [batches.receipts, batches.deadLetters].flatMap((batch) =>
    batch === null ? [] : [batch.buffer],
  );
  post(done, sent.filter(isUnshared));
}

function countFailing(flags: Uint16Array): number {
  let failing = 0;
  for (const flag of flags) {
    failing += (flag & FLAG.signatureFails) === 0 ? 0 : 1;
  }
  return failing;
}

function isUnshared(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return buffer instanceof ArrayBuffer;
}

function post(message: FromVerifier, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}
