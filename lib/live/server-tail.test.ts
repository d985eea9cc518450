import { describe, expect, it } from "vitest";
import { type Ask, ServerTail, tailAddress } from "./server-tail.ts";

/** A log as the server pages it: after the cursor, at most `limit`, a next cursor only before the last page. */
class PagedLog {
  readonly seqs: number[] = [];
  readonly asked: string[] = [];
  status = 200;

  readonly ask: Ask = async (url, headers) => {
    this.asked.push(url);
    expect(headers).toEqual({ authorization: "Bearer s3cret" });
    if (this.status !== 200) return { status: this.status, text: "" };
    const { searchParams } = new URL(url);
    const cursor = Number(searchParams.get("cursor") ?? 0);
    const limit = Math.min(Math.max(Number(searchParams.get("limit")), 1), 200);
    const after = this.seqs.filter((seq) => seq > cursor);
    const shown = after.slice(0, limit);
    const nextCursor = after.length > shown.length ? (shown.at(-1) ?? null) : null;
    const receipts = shown.map((seq) => ({ id: `rcpt-${seq}` }));
    const page = { totalCount: this.seqs.length, nextCursor, receipts };
    return { status: 200, text: JSON.stringify(page) };
  };

  write(count: number, step = 1): void {
    for (let made = 0; made < count; made += 1) this.seqs.push((this.seqs.at(-1) ?? 0) + step);
  }
}

const BASE = tailAddress("http://127.0.0.1:1", null);

async function drain(tail: ServerTail): Promise<string[]> {
  const found: string[] = [];
  for (let behind = 1; behind > 0; ) {
    const step = await tail.look();
    if (!step.ok) throw new Error(step.problem.message);
    found.push(...step.page.lines);
    behind = step.page.lines.length === 0 ? 0 : step.page.behind;
  }
  return found;
}

const texts = (seqs: readonly number[]): string[] => seqs.map((seq) => `{"id":"rcpt-${seq}"}`);

describe("following a server's log", () => {
  it("reads every receipt once, in order, over gaps in the numbers and pages of any size", async () => {
    const log = new PagedLog();
    const tail = new ServerTail(log.ask, BASE, "s3cret");
    const found: string[] = [];
    for (const [count, step] of [
      [0, 1],
      [1, 5],
      [1, 1],
      [199, 3],
      [450, 2],
      [200, 1],
      [1, 1],
      [0, 1],
      [37, 9],
    ] as const) {
      log.write(count, step);
      found.push(...(await drain(tail)));
      expect(found).toEqual(texts(log.seqs));
    }
  });

  it("asks for one known receipt when nothing is new", async () => {
    const log = new PagedLog();
    log.write(120);
    const tail = new ServerTail(log.ask, BASE, "s3cret");
    await drain(tail);
    const step = await tail.look();
    expect(step).toMatchObject({ ok: true, page: { lines: [], cursor: "119", requests: 1 } });
  });

  it("tells a token that was not taken from a server that does not answer", async () => {
    const log = new PagedLog();
    const tail = new ServerTail(log.ask, BASE, "s3cret");
    log.status = 401;
    const refused = await tail.look();
    expect(refused).toMatchObject({ ok: false, problem: { kind: "refused" } });
    log.status = 503;
    expect(await tail.look()).toMatchObject({ ok: false, problem: { kind: "failed" } });
    const lost = new ServerTail(async () => Promise.reject(new Error("s3cret")), BASE, "s3cret");
    const failed = await lost.look();
    expect(failed).toMatchObject({ ok: false, problem: { kind: "failed" } });
    expect(JSON.stringify([refused, failed])).not.toContain("s3cret");
  });

  it("loses nothing when an answer is not what it should be", async () => {
    const log = new PagedLog();
    log.write(3);
    let text: string | null = "<html>";
    const ask: Ask = async (url, headers) =>
      text === null ? log.ask(url, headers) : { status: 200, text };
    const tail = new ServerTail(ask, BASE, "s3cret");
    expect((await tail.look()).ok).toBe(false);
    text = null;
    expect(await drain(tail)).toEqual(texts(log.seqs));
  });
});
