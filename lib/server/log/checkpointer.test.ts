import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inspectCheckpoint } from "@/kernel/checkpoint/inspect.ts";
import { textLeafHash } from "@/kernel/merkle/hasher.ts";
import { merkleRoot } from "@/kernel/merkle/tree.ts";
import { checkClaim } from "@/kernel/signature.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { spellHash } from "@/lib/evidence/checkpoint.ts";
import { nodeSigner } from "../keys/signer.ts";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { primitives, signedTool } from "../testing/signed.ts";
import { storedRecords } from "./checkpoint-records.ts";
import { type OpenLog, openLog } from "./open-log.ts";

const key = nodeSigner(new Uint8Array(32).fill(9));

let directory: ReturnType<typeof temporaryDirectory>;
let open: OpenLog;
let clock = 100n;
beforeEach(() => {
  clock = 100n;
  directory = temporaryDirectory();
});
afterEach(async () => {
  vi.useRealTimers();
  await open.close().catch(() => undefined);
  directory.remove();
});

function start(every = 10, within = 60_000): OpenLog {
  open = openLog({
    directory: directory.path,
    signer: key,
    primitives,
    now: () => clock,
    checkpointEvery: every,
    checkpointWithin: within,
  });
  return open;
}

async function fill(from: number, to: number): Promise<void> {
  const appended = [];
  for (let number = from; number <= to; number += 1) {
    appended.push(open.log.append({ receipt: signedTool({ key, number, at: clock }) }));
  }
  await Promise.all(appended);
}

const ranges = (): readonly string[] =>
  [...storedRecords(open.checkpoints, primitives)].map(({ start: a, end }) => `${a}-${end}`);

describe("the checkpointer", () => {
  it("signs each full batch over the receipts that are in it", async () => {
    start();
    await fill(1, 9);
    expect(ranges()).toEqual([]);
    await fill(10, 10);
    expect(ranges()).toEqual(["1-10"]);
    await fill(11, 35);
    expect(ranges()).toEqual(["1-10", "11-20", "21-30"]);
    expect([open.checkpointer.waiting, open.checkpointer.lastSeq]).toEqual([5, 3]);
    for (const record of storedRecords(open.checkpoints, primitives)) {
      const inspected = inspectCheckpoint(record.value, primitives);
      const claim = inspected.claim ?? expect.fail("no claim");
      expect(await checkClaim(claim, nodePlatform().backend)).toMatchObject({ kind: "fits" });
      const leaves = open.receipts
        .entriesAfter(BigInt(record.start - 1), 10)
        .map(({ json }) => textLeafHash(json, primitives));
      expect(spellHash(record.root)).toBe(spellHash(merkleRoot(leaves)));
      expect(record.issuedAt).toBe(100);
    }
  });

  it("signs what waits when its time is up, and nothing twice", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    start(10, 5000);
    await fill(1, 3);
    vi.advanceTimersByTime(4999);
    expect(ranges()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ranges()).toEqual(["1-3"]);
    vi.advanceTimersByTime(60_000);
    expect(ranges()).toEqual(["1-3"]);
    await fill(4, 4);
    vi.advanceTimersByTime(5000);
    expect(ranges()).toEqual(["1-3", "4-4"]);
  });

  it("continues after a restart, whatever was left without a checkpoint", async () => {
    start();
    await fill(1, 14);
    // A process that was killed closes nothing.
    start();
    expect([open.checkpointer.waiting, open.checkpointer.lastSeq]).toEqual([4, 1]);
    await fill(15, 20);
    expect(ranges()).toEqual(["1-10", "11-20"]);
    await open.close();
    start(4);
    expect(open.checkpointer.waiting).toBe(0);
    await fill(21, 30);
    await open.close();
    start();
    expect(ranges()).toEqual(["1-10", "11-20", "21-24", "25-28", "29-30"]);
    open.checkpointer.checkpointNow();
    expect(ranges().length).toBe(5);
  });

  it("signs at the start what is enough for a batch, more than a page of it", async () => {
    start(2000);
    await fill(1, 1201);
    start(100);
    expect(ranges().length).toBe(12);
    expect(open.checkpointer.waiting).toBe(1);
  });

  it("says why it could not store a statement, keeps its receipts and tries again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    start(10, 5000);
    await fill(1, 5);
    open.receipts.connection.exec(
      "CREATE TRIGGER full BEFORE INSERT ON kernel_checkpoints BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    await fill(6, 12);
    expect(open.checkpointer.problem).toContain("disk full");
    expect(open.checkpointer.waiting).toBeNull();
    expect(() => open.checkpointer.checkpointNow()).toThrow(/disk full/);
    open.receipts.connection.exec("DROP TRIGGER full");
    await fill(13, 15);
    expect(open.checkpointer.problem).toBeNull();
    expect(ranges()).toEqual(["1-10"]);
    expect(open.checkpointer.waiting).toBe(5);
    vi.advanceTimersByTime(5000);
    expect(ranges()).toEqual(["1-10", "11-15"]);
  });

  it("refuses to sign on where the stored chain was changed", async () => {
    start();
    await fill(1, 30);
    await open.close();
    start();
    const { connection } = open.receipts;
    const statement = connection
      .prepare("SELECT statement_json FROM kernel_checkpoints WHERE checkpoint_seq = 2")
      .first()?.[0];
    const change = (text: string): void => {
      // Whoever can write the file can drop its triggers; an opened store makes them anew.
      connection.exec("DROP TRIGGER kernel_checkpoints_reject_update");
      connection
        .prepare("UPDATE kernel_checkpoints SET statement_json = ? WHERE checkpoint_seq = 2")
        .run(text);
    };
    for (const [from, to] of [
      ['"issued_at":100', '"issued_at":101'],
      ['"chain_root":"0x', '"chain_root":"0xff'],
    ] as const) {
      change(String(statement).replace(from, to));
      expect(() => start()).toThrow(/does not continue|cannot be read/);
    }
    change(String(statement));
    start();
    expect(ranges().length).toBe(3);
  });
});
