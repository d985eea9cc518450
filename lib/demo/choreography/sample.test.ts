import { beforeAll, describe, expect, test } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { SAMPLES } from "@/lib/display/samples.ts";
import type { Conclusion } from "@/lib/verification/conclude.ts";
import { verify } from "@/lib/verification/testing/verify.ts";
import { demoTrust, filesOf } from "../samples.ts";
import { webSign } from "../web-sign.ts";
import { type ChoreographySample, choreographySample } from "./sample.ts";

const { primitives } = nodePlatform();
let sample: ChoreographySample;
let concluded: Conclusion;
beforeAll(async () => {
  const ports = { primitives, sign: await webSign() };
  sample = await choreographySample(ports);
  const parsed = parseJson(demoTrust());
  const pinned = parsed.ok ? parseTrustFile(parsed.value.value, primitives) : null;
  if (pinned === null || !pinned.ok) {
    throw new Error("the demo's trust file was refused");
  }
  const files = filesOf("evidence", sample.evidence);
  concluded = await verify(
    {
      ...Object.fromEntries(files.map(({ path, text }) => [path, text])),
      "records.ndjson": sample.records,
      "lineage-statements.ndjson": sample.statements,
    },
    trustBundle(pinned.value),
  );
});

const number = (value: number): string => value.toLocaleString("en");

describe("the sample", () => {
  test("holds what its card says", () => {
    const { truth, editedSeq } = sample;
    const card = SAMPLES.find(({ name }) => name === "choreography");
    expect(card?.holds).toBe(
      `${truth.orders} orders through 5 services, ${number(truth.receipts)} receipts, ${number(truth.records)} Kafka records`,
    );
    expect(card?.expect).toBe(
      `A chain of ${truth.perOrder[0]?.receipts} with × 412 sends. ${truth.denied} denied, ` +
        `${truth.rolledBack.length} rolled back, ${truth.missing.length} parent absent, #${editedSeq} changed.`,
    );
    expect(card?.receipts).toBe(truth.receipts);
    const sends = sample.evidence.get("receipts.ndjson")?.match(/"tool_name":"send_invoice"/g);
    // One for each other order that got as far as an invoice: all but the one whose charge was refused.
    expect(sends?.length).toBe(412 + truth.orders - 2);
    expect(truth.hotRoot.denied).toBe(4);
  });

  test("does not verify, for one cause", () => {
    const { report, causes } = concluded.verdict;
    expect(report.headline).toBe("does-not-verify");
    expect(causes).toBe(1);
    expect(report.counts.receipts).toBe(sample.truth.receipts);
    expect(report.counts.by_status).toMatchObject({
      "does-not-verify": 1,
      verified: sample.truth.receipts - 1,
    });
    expect(report.counts.rejected).toBe(0);
    const [first] = report.findings;
    expect([first?.code, first?.subject.id]).toEqual(["SIG-002", sample.truth.edited[0]]);
    const others = report.findings.filter(({ severity }) => severity !== "error");
    expect(others.map(({ code }) => code)).toEqual(["LNK-001"]);
  });

  test("is one choreography to the product, too", () => {
    const { nodes, edges } = concluded.chain;
    expect(nodes.receipts).toBe(sample.truth.receipts);
    expect(nodes.count - nodes.receipts).toBe(sample.truth.missing.length);
    expect(edges.count).toBe(sample.truth.links);
    for (const id of sample.truth.missing) {
      expect(nodes.find(id)).toBeGreaterThanOrEqual(nodes.receipts);
    }
  });
});
