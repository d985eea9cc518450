import { expect, test } from "vitest";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { choreographySample } from "@/lib/demo/choreography/sample.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import { linksOf } from "./testing/links.ts";
import { verify } from "./testing/verify.ts";

test("a choreography is the same however its files are cut and in whichever order their parts arrive", async () => {
  const ports = { primitives: nodePlatform().primitives, sign: await webSign() };
  const { evidence, records, statements } = await choreographySample(ports);
  const files = {
    "evidence/receipts.ndjson": evidence.get("receipts.ndjson") ?? "",
    "records.ndjson": records,
    "statements.ndjson": statements,
  };
  const whole = await verify(files);
  const reversed = (count: number): readonly number[] =>
    Array.from({ length: count }, (_, at) => count - 1 - at);
  const cut = await verify(files, null, { unitBytes: 20_000, order: reversed });
  expect(linksOf(cut.chain)).toEqual(linksOf(whole.chain));
  expect(linksOf(whole.chain).length).toBeGreaterThan(1_000);
  expect(cut.chain.nodes.settlement).toEqual(whole.chain.nodes.settlement);
  expect(new Set(whole.chain.nodes.settlement)).toEqual(new Set([0, 1, 2]));
  expect(cut.verdict.report).toEqual(whole.verdict.report);
});
