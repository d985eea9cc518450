import { describe, expect, it } from "vitest";
import { lines, numbered } from "./testing/files.ts";
import { keyOf, seedOf } from "./testing/keys.ts";
import { log } from "./testing/log.ts";
import { verify } from "./testing/verify.ts";

const one = log({ name: "one" });
const two = log({ name: "two" });
const rotated = log({ rotation: { from: 9, to: seedOf("next") } });

async function logsOf(files: Readonly<Record<string, string>>): Promise<readonly number[]> {
  const { logs } = await verify(files);
  return logs.map(({ tool }) => tool.length).sort((a, b) => a - b);
}

describe("a log", () => {
  it("is one collection, whatever its files are called", async () => {
    expect(
      await logsOf({
        "x/a": lines(numbered(one.receipts.slice(0, 5))),
        "x/b": lines(numbered(one.receipts.slice(5), 6)),
        "x/c": lines(one.checkpoints),
      }),
    ).toEqual([24]);
  });

  it("is two where loose files of one key claim one number for two receipts", async () => {
    expect(
      await logsOf({ a: lines(numbered(one.receipts)), b: lines(numbered(two.receipts)) }),
    ).toEqual([24, 24]);
  });

  it("is one where a loose file repeats what another holds", async () => {
    const text = lines(numbered(one.receipts));
    expect(await logsOf({ a: text, b: text })).toEqual([48]);
  });

  it("is brought together by a file that both of its keys signed", async () => {
    const receipts = numbered(rotated.receipts);
    expect(
      await logsOf({
        a: lines(receipts.slice(0, 8)),
        b: lines(receipts.slice(8)),
        c: lines(rotated.checkpoints),
      }),
    ).toEqual([24]);
  });

  it("goes on under a rotated key, and is parted where two keys use the same numbers", async () => {
    expect(await logsOf({ "x/a": lines(numbered(rotated.receipts)) })).toEqual([24]);
    const other = log({ name: "other", kernel: seedOf("other") });
    const { logs } = await verify({
      "x/a": lines([...numbered(one.receipts), ...numbered(other.receipts)]),
      "x/b": lines([...one.checkpoints, ...other.checkpoints]),
    });
    expect(logs.map(({ checkpoints }) => new Set(checkpoints.map(({ key }) => key)))).toEqual([
      new Set([keyOf(seedOf("kernel"))]),
      new Set([keyOf(seedOf("other"))]),
    ]);
  });

  it("without numbers has no positions, and nothing is laid over anything", async () => {
    const { logs, verdict } = await verify({ a: lines(one.receipts), b: lines(one.checkpoints) });
    expect(logs).toHaveLength(1);
    expect(logs[0]?.unnumbered).toHaveLength(24);
    expect(verdict.report.questions.included).toMatchObject({
      answer: "cannot-tell",
      numerator: 0,
    });
    expect(verdict.report.findings).toEqual([]);
  });
});
