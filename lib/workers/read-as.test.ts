import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/kernel/json/value.ts";
import { EXPORT_FORMS, type ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import { signedStep } from "@/lib/verification/testing/steps.ts";
import { Bench } from "./testing/bench.ts";

const HOSTILE = 'tab\there, "quotes"; commas, Partition:0 Offset:1, 😀';
const receipt = (id: string, parameters: JsonObject = {}): JsonObject =>
  signedStep({ id, decision: "deny", parameters: { id, note: HOSTILE, ...parameters } });
const GENUINE = [receipt("first"), receipt("second", { value: { after: {}, op: "c" } })];
const EDITED: JsonObject = { ...receipt("edited"), policy_hash: "edited" };
const LOG = [...GENUINE, EDITED].map((each) => `${JSON.stringify(each)}\n`).join("");

/** What each receipt of the log amounts to, by its id. */
async function statusesOf(
  bench: Bench,
  form: ExportForm | null,
): Promise<ReadonlyMap<string, string>> {
  const { verdict } = await bench.drop(
    { kind: "files", files: [{ path: "log.ndjson", file: new Blob([LOG]) }] },
    form === null ? [] : [["log.ndjson", form]],
  );
  const refused = new Set(
    verdict.report.findings
      .filter(({ code }) => code === "SIG-002")
      .map(({ subject }) => subject.id),
  );
  const { by_status: statuses, receipts } = verdict.report.counts;
  return new Map([
    ["receipts", String(receipts)],
    ["refused", [...refused].join(" ")],
    ["fit", String(statuses["self-consistent"])],
    ["headline", verdict.report.headline],
  ]);
}

describe("a log of receipts that a person has read as something else", () => {
  it.each(EXPORT_FORMS)("%s: no edit is believed, and nothing signed is refused", async (form) => {
    const bench = await Bench.make();
    const plain = await statusesOf(bench, null);
    expect(plain.get("refused")).toBe("edited");
    expect(plain.get("fit")).toBe("2");
    const read = await statusesOf(bench, form);
    expect(["", "edited"]).toContain(read.get("refused"));
    expect(Number(read.get("fit"))).toBeLessThanOrEqual(2);
    expect(read.get("headline")).not.toBe("verified");
    if (read.get("receipts") === "3") {
      expect(read.get("refused")).toBe("edited");
    } else {
      expect(read.get("headline")).not.toBe("self-consistent");
    }
    expect(await statusesOf(bench, null)).toEqual(plain);
  });
});
