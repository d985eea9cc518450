import { beforeAll, describe, expect, it } from "vitest";
import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import { signPreV1 } from "@/kernel/receipt/sign.ts";
import { EDIT } from "@/lib/demo/samples.ts";
import { buildWalkthrough, type Walkthrough } from "@/lib/demo/walkthrough.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import type { ReceiptDetail } from "@/lib/queries/model.ts";
import type { ConcludedMessage } from "./protocol.ts";
import { Bench } from "./testing/bench.ts";

const LONG = 60_000;
const EDITED_PLACE = "/receipt/action/parameters/amount";

function filesOf(all: Walkthrough["evidence"]): Readonly<Record<string, string>> {
  return Object.fromEntries(all.map(({ path, text }) => [path, text]));
}

/** The detail of the row that the cause of the edited receipt is about. */
async function editedDetail(bench: Bench, { verdict }: ConcludedMessage): Promise<ReceiptDetail> {
  const cause = verdict.report.findings.find(({ code }) => code === "SIG-002");
  const about = verdict.rows.get(cause?.id ?? "");
  expect(about?.seq).toBe(EDIT.seq);
  return detailOf(bench, about?.row ?? -1);
}

async function detailOf(bench: Bench, row: number): Promise<ReceiptDetail> {
  await bench.engine.receive({ kind: "detail", ask: 1, row });
  const last = bench.heard.at(-1);
  if (last?.kind !== "detail") {
    throw new Error(`instead of a detail: ${JSON.stringify(last)}`);
  }
  return last.detail;
}

/** Line 803 as somebody else would have it, who signs it with a key of their own. */
function signedAnew(walkthrough: Walkthrough): string {
  const line = walkthrough.copy.text.split("\n").find((each) => each.includes(EDIT.from)) ?? "";
  const parsed = parseJson(line.replace(EDIT.from, '"amount":"1.00"'));
  const wrapper = parsed.ok ? parsed.value.value : null;
  const receipt = isObject(wrapper) ? member(wrapper, "receipt") : undefined;
  if (!isObject(wrapper) || !isObject(receipt)) {
    throw new Error("the demo's line is not a wrapped receipt");
  }
  const { signature: _, kernel_key: __, ...body }: JsonObject = receipt;
  const forged = signPreV1(
    body,
    new Uint8Array(32).map((_byte, at) => at * 7 + 3),
  );
  return JSON.stringify({ seq: EDIT.seq, receipt: forged }, (_name, value) =>
    typeof value === "bigint" ? Number(value) : value,
  );
}

describe("the repair of the auditor's receipt", () => {
  let walkthrough: Walkthrough;
  beforeAll(async () => {
    walkthrough = await buildWalkthrough({ primitives: purePrimitives, sign: await webSign() });
  }, LONG);

  it(
    "is the one value in which the other department's copy differs",
    async () => {
      const bench = await Bench.make();
      await bench.dropFiles(filesOf([...walkthrough.evidence, walkthrough.copy]));
      const concluded = await bench.dropFiles(filesOf([walkthrough.trust]));
      const detail = await editedDetail(bench, concluded);
      expect(detail.repair).toEqual({
        differences: [
          { pointer: "/action/parameters/amount", here: '"12000.00"', wouldFit: '"120.00"' },
        ],
        copy: { row: expect.any(Number), file: "export-B.ndjson", line: 303 },
      });
      expect(`${detail.place.pointer}${detail.repair?.differences[0]?.pointer}`).toBe(EDITED_PLACE);
      const copy = await detailOf(bench, detail.repair?.copy?.row ?? -1);
      expect(copy.rawText).toContain(EDIT.from);
      expect(copy.repair).toBeNull();
    },
    LONG,
  );

  it(
    "is unknown where the copy was not dropped",
    async () => {
      const bench = await Bench.make();
      const concluded = await bench.dropFiles(filesOf(walkthrough.evidence));
      expect((await editedDetail(bench, concluded)).repair).toBeNull();
    },
    LONG,
  );

  it(
    "is the original even where a copy that was signed anew comes first",
    async () => {
      const bench = await Bench.make();
      const forged = { path: "a.ndjson", text: `${signedAnew(walkthrough)}\n` };
      await bench.dropFiles(filesOf([forged]));
      const concluded = await bench.dropFiles(filesOf([...walkthrough.evidence, walkthrough.copy]));
      const { repair } = await editedDetail(bench, concluded);
      expect(repair?.copy?.file).toBe("export-B.ndjson");
      expect(repair?.differences).toHaveLength(1);
    },
    LONG,
  );

  it(
    "names every value, the key among them, where only a copy that was signed anew fits",
    async () => {
      const bench = await Bench.make();
      const forged = { path: "a.ndjson", text: `${signedAnew(walkthrough)}\n` };
      const concluded = await bench.dropFiles(filesOf([...walkthrough.evidence, forged]));
      const { repair } = await editedDetail(bench, concluded);
      expect(repair?.copy?.file).toBe("a.ndjson");
      expect(repair?.differences.map(({ pointer }) => pointer)).toEqual(
        expect.arrayContaining(["/action/parameters/amount", "/kernel_key", "/signature"]),
      );
    },
    LONG,
  );
});
