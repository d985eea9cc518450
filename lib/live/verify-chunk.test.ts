import { beforeAll, describe, expect, it } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject } from "@/kernel/json/value.ts";
import { type TrustBundle, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile } from "@/kernel/trust/trust-file.ts";
import { stormSample } from "@/lib/demo/storm/sample.ts";
import { webSign } from "@/lib/demo/web-sign.ts";
import { STARTER_RULES } from "@/lib/rules/starters.ts";
import { PLATFORM } from "@/lib/verification/testing/verify.ts";
import { NO_COUNTS } from "./model.ts";
import { StreamingRules } from "./streaming-rules.ts";
import { tally } from "./tally.ts";
import { ChunkVerifier } from "./verify-chunk.ts";

type Sample = Awaited<ReturnType<typeof stormSample>>;

describe("verifying what arrives", () => {
  let sample: Sample;
  let trust: TrustBundle;
  beforeAll(async () => {
    sample = await stormSample({ primitives: PLATFORM.primitives, sign: await webSign() });
    trust = bundleOf(sample.trust);
  });

  it("counts what the storm counted, and fires the rule when it has to, in chunks of any size", async () => {
    const log = sample.files.find(({ path }) => path.endsWith("receipts.ndjson"));
    const lines = (log?.text ?? "").split("\n").filter((line) => line !== "");
    const expected = sample.truth.scopeRule.find(({ threshold }) => threshold === 3);
    const rules = STARTER_RULES.map((rule) => ({
      ...rule,
      isEnabled: rule.id === "starter-scope-probing",
    }));
    const verifier = new ChunkVerifier(PLATFORM, "receipts.ndjson");
    const streaming = new StreamingRules(rules);
    let counts = NO_COUNTS;
    for (let from = 0; from < lines.length; from += 997) {
      const text = `${lines.slice(from, from + 997).join("\n")}\n`;
      const chunk = await verifier.verify(new TextEncoder().encode(text), trust);
      counts = tally(counts, chunk.rows);
      streaming.take(chunk.events, Number.MAX_SAFE_INTEGER);
    }
    expect(counts.receipts).toBe(sample.truth.receipts);
    expect(counts.verified).toBe(sample.truth.receipts);
    expect(counts.denials).toBe(sample.truth.denials - sample.truth.claims);
    expect(streaming.alerts).toBe(expected?.firings.length);
    expect(streaming.held).toBe(expected?.firings.reduce((sum, { held }) => sum + held, 0));
  });

  it("tells claims, copies and what is no record apart", async () => {
    const letters = sample.files.filter(({ path }) => !path.endsWith("receipts.ndjson"));
    const verifier = new ChunkVerifier(PLATFORM, "dump.ndjson");
    const lossless = letters.find(({ text }) => text.includes("value_b64"))?.text ?? "";
    const lines = lossless.split("\n").slice(0, 200);
    const text = `${lines.join("\n")}\nnoise\n${lines[0]}\n`;
    const { rows } = await verifier.verify(new TextEncoder().encode(text), null);
    const counts = tally(NO_COUNTS, rows);
    expect(counts.rows).toBe(202);
    expect(counts.notUnderstood).toBe(1);
    expect(counts.selfConsistent + counts.claims + counts.failures + counts.copies).toBe(201);
    expect(counts.verified).toBe(0);
  });
});

function bundleOf(text: string): TrustBundle {
  const parsed = parseJson(text);
  const value = parsed.ok ? parsed.value.value : null;
  if (!isObject(value)) throw new Error("a trust file is an object");
  const file = parseTrustFile(value, PLATFORM.primitives);
  if (!file.ok) throw new Error("the trust file is not accepted");
  return trustBundle(file.value);
}
