import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BudgetEvent } from "@/kernel/economics/model.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { nodeSigner } from "../keys/signer.ts";
import { openForReading } from "../store/sqlite.ts";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { primitives, signedHttp, signedTool } from "../testing/signed.ts";
import { type OpenLog, openLog } from "./open-log.ts";

const key = nodeSigner(new Uint8Array(32).fill(9));
const tool = (number: number): JsonObject => signedTool({ key, number, at: 100n });

let directory: ReturnType<typeof temporaryDirectory>;
let open: OpenLog;
beforeEach(() => {
  directory = temporaryDirectory();
  start();
});
afterEach(async () => {
  await open.close().catch(() => undefined);
  directory.remove();
});

function start(every = 1000): void {
  open = openLog({
    directory: directory.path,
    signer: key,
    primitives,
    now: () => 100n,
    checkpointEvery: every,
    checkpointWithin: 60_000,
  });
}

function authorize(request: string): BudgetEvent {
  const holdId = `budget-hold:${request}:cap-1:0`;
  return {
    id: `${holdId}:authorize`,
    kind: "authorize",
    holdId,
    capabilityId: "cap-1",
    grantIndex: 0,
    units: 5n,
    realized: 0n,
    currency: "EUR",
  };
}

/** What another connection sees: only what was committed. */
function committed(store: "receipts" | "budgets", table: string): unknown {
  const reader = openForReading(`${directory.path}/${store}.sqlite3`);
  try {
    return reader.prepare(`SELECT COUNT(*) FROM ${table}`).first()?.[0];
  } finally {
    reader.close();
  }
}

describe("the receipt log", () => {
  it("acknowledges what another connection can read", async () => {
    expect(await open.log.append({ receipt: tool(1) })).toEqual({ seq: 1n, entrySeq: 1n });
    expect(committed("receipts", "chio_tool_receipts")).toBe(1n);
    const http = await open.log.append({ receipt: signedHttp(key, 1, 100n), beside: [tool(2)] });
    expect(http).toEqual({ seq: 1n, entrySeq: null });
    expect(open.receipts.nextEntrySeq()).toBe(3n);
  });

  it("puts what arrives together into one transaction, in order", async () => {
    let commits = 0;
    const { connection } = open.receipts;
    const write = connection.write.bind(connection);
    Object.assign(connection, {
      write: (work: () => unknown) => {
        commits += 1;
        return write(work);
      },
    });
    const appended = await Promise.all([1, 2, 3].map((n) => open.log.append({ receipt: tool(n) })));
    expect(appended.map(({ seq }) => seq)).toEqual([1n, 2n, 3n]);
    expect(commits).toBe(1);
    await Promise.all(
      Array.from({ length: 513 }, (_, n) => open.log.append({ receipt: tool(n + 10) })),
    );
    expect(commits).toBe(3);
  });

  it("commits spend and nonces before the receipt, so that a crash forgets neither", async () => {
    let seen: unknown = null;
    const { connection } = open.receipts;
    const write = connection.write.bind(connection);
    Object.assign(connection, {
      write: (work: () => unknown) => {
        seen = [committed("budgets", "budget_mutation_events"), open.nonces.take("n", 9n, 1n)];
        return write(work);
      },
    });
    expect(open.nonces.take("n", 900n, 1n)).toBe(true);
    const nonces = [{ key: "n", expiresAt: 900n }];
    await open.log.append({ receipt: tool(1), budget: [authorize("r")], nonces });
    expect(seen).toEqual([1n, false]);
    await open.close();
    start();
    expect(open.nonces.take("n", 900n, 100n)).toBe(false);
    expect(open.book.usage("cap-1", 0)).toMatchObject({ invocations: 1n, exposed: 5n });
  });

  it("reserves without a receipt", async () => {
    await open.log.reserve({ budget: [authorize("r")], nonces: [{ key: "n", expiresAt: 900n }] });
    expect(committed("budgets", "budget_mutation_events")).toBe(1n);
    expect(committed("receipts", "claim_receipt_log_entries")).toBe(0n);
  });

  it("lets an entry that is refused fail alone", async () => {
    const results = await Promise.allSettled([
      open.log.append({ receipt: tool(1) }),
      open.log.append({ receipt: tool(1) }),
      open.log.append({ receipt: { ...tool(2), signature: "" } }),
      open.log.append({ receipt: tool(3), beside: [tool(1)] }),
      open.log.append({ receipt: tool(4), budget: [{ ...authorize("x"), kind: "reverse" }] }),
      open.log.append({ receipt: tool(5) }),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
      "rejected",
      "fulfilled",
    ]);
    expect(committed("receipts", "claim_receipt_log_entries")).toBe(2n);
    expect(open.receipts.nextEntrySeq()).toBe(3n);
  });

  it("acknowledges nothing of a commit that failed, and goes on after it", async () => {
    const { connection } = open.receipts;
    const write = connection.write.bind(connection);
    Object.assign(connection, {
      write: () => {
        throw new Error("disk full");
      },
    });
    const results = await Promise.allSettled(
      [1, 2].map((n) => open.log.append({ receipt: tool(n), budget: [authorize(`r${n}`)] })),
    );
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    Object.assign(connection, { write });
    expect(committed("receipts", "chio_tool_receipts")).toBe(0n);
    expect(committed("budgets", "budget_mutation_events")).toBe(2n);
    expect(await open.log.append({ receipt: tool(1), budget: [authorize("r1")] })).toEqual({
      seq: 1n,
      entrySeq: 1n,
    });
  });

  it("takes what was handed in before it closes, and nothing afterwards", async () => {
    const waiting = Array.from({ length: 600 }, (_, n) => open.log.append({ receipt: tool(n) }));
    await open.log.close();
    expect(open.receipts.nextEntrySeq()).toBe(601n);
    expect((await Promise.all(waiting)).length).toBe(600);
    await expect(open.log.append({ receipt: tool(1000) })).rejects.toThrow(/closed/);
    await open.log.close();
  });
});
