import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseJson } from "@/kernel/json/parse.ts";
import { isArray, isObject, type JsonObject, type JsonValue, member } from "@/kernel/json/value.ts";
import { vectorsDirectory } from "@/kernel/testing/vectors.ts";
import { runChio } from "./chio.ts";
import { nodePlatform } from "./node-platform.ts";
import { nodeInputs } from "./node-sources.ts";
import { verifyInputs } from "./verify-inputs.ts";

const vectors = vectorsDirectory();
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chio-cli-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly code: number;
  readonly text: string;
  readonly complaints: string;
  readonly report: JsonObject;
}

async function chio(words: readonly string[], stdin = ""): Promise<Run> {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await runChio(words, {
    cwd: vectors ?? folder,
    stdin: Readable.from([Buffer.from(stdin)]),
    out: { write: (text: string) => out.push(text) },
    complain: { write: (text: string) => complaints.push(text) },
  });
  const parsed = parseJson(out.join(""));
  const report = parsed.ok && isObject(parsed.value.value) ? parsed.value.value : {};
  return { code, text: out.join(""), complaints: complaints.join(""), report };
}

function part(value: JsonValue | undefined, ...names: readonly string[]): JsonValue | undefined {
  let current = value;
  for (const name of names) {
    current = isObject(current) ? member(current, name) : undefined;
  }
  return current;
}

function answers({ report }: Run): Readonly<Record<string, JsonValue | undefined>> {
  const names = ["authentic", "unaltered", "included", "complete", "consistent"];
  return Object.fromEntries(names.map((name) => [name, part(report, "questions", name, "answer")]));
}

function fraction({ report }: Run, name: string): readonly (JsonValue | undefined)[] {
  return [
    part(report, "questions", name, "numerator"),
    part(report, "questions", name, "denominator"),
  ];
}

function codes({ report }: Run): readonly JsonValue[] {
  const findings = part(report, "findings");
  const all = (isArray(findings) ? findings : []).map((one) => part(one, "code") ?? "");
  return [...new Set(all)].sort();
}

/** A trust file that pins whatever keys signed the records of a run. */
async function pin(name: string, keys: readonly string[]): Promise<string> {
  const path = join(folder, `${name}.json`);
  const entries = keys.flatMap((key) =>
    ["kernel", "checkpoint", "capability_authority"].map((role) => ({
      role,
      key,
      valid_from: null,
      valid_until: null,
      retired_at: null,
      note: "test",
    })),
  );
  await writeFile(path, JSON.stringify({ schema: "chio-explorer.trust.v1", keys: entries }));
  return path;
}

const LOG_KEY = "884b8857f4eaa1613c61504db34d4beaf346517a0e31de3cddd4d9b4201d9d0b";

describe.skipIf(vectors === null)("chio verify over the vectors", () => {
  test("the kernel's own minimal export is self-consistent and not checkpointed", async () => {
    const run = await chio(["verify", "evidence/minimal-evidence", "--json"]);
    expect(part(run.report, "headline")).toBe("self-consistent");
    expect(run.code).toBe(0);
    expect(answers(run)).toMatchObject({ unaltered: "yes", included: "cannot-tell" });
    expect(part(run.report, "counts", "receipts")).toBe(1);
    expect(part(run.report, "counts", "checkpoints")).toBe(0);
    expect(part(run.report, "counts", "by_status", "self-consistent")).toBe(1);
  });

  test.each(["log-april-form", "log-v1-form"])(
    "%s is self-consistent, 24 of 24 included",
    async (name) => {
      const run = await chio(["verify", `evidence/${name}`, "--json"]);
      expect(part(run.report, "headline")).toBe("self-consistent");
      expect(run.code).toBe(0);
      expect(answers(run)).toMatchObject({
        unaltered: "yes",
        included: "yes",
        complete: "yes",
        consistent: "yes",
      });
      expect(fraction(run, "included")).toEqual([24, 24]);
      expect(part(run.report, "counts")).toMatchObject({
        receipts: 24,
        checkpoints: 5,
        proofs: 24,
        rejected: 0,
      });
    },
  );

  test.each(["log-april-form", "log-v1-form"])("%s verifies with its key pinned", async (name) => {
    const trust = await pin(name, [LOG_KEY]);
    const run = await chio(["verify", `evidence/${name}`, "--trust", trust, "--json"]);
    expect(part(run.report, "headline")).toBe("verified");
    expect(part(run.report, "trust_mode")).toBe("pinned");
    expect(run.code).toBe(0);
    expect(Object.values(answers(run))).toEqual(["yes", "yes", "yes", "yes", "yes"]);
    expect(fraction(run, "authentic")).toEqual([24, 24]);
  });

  test.each(["evidence/minimal-evidence", "stores/provider-receipts.sqlite3", "anchors"])(
    "%s verifies with the keys that are found in it pinned",
    async (path) => {
      const found = await nodeInputs([path], { cwd: vectors ?? "", stdin: Readable.from([]) });
      const inputs = found.ok ? found.value.inputs : [];
      const { verdict } = await verifyInputs(inputs, { trust: null, platform: nodePlatform() });
      const trust = await pin(
        path.replaceAll("/", "-"),
        verdict.keys.map((one) => one.key),
      );
      const run = await chio(["verify", path, "--trust", trust, "--json"]);
      expect(codes(run)).not.toContain("KEY-001");
      expect(part(run.report, "headline")).toBe("verified");
      expect(run.code).toBe(0);
    },
  );

  test("a signer that is not pinned is an error", async () => {
    const trust = await pin("other", [SOME_KEY]);
    const run = await chio(["verify", "evidence/log-v1-form", "--trust", trust, "--json"]);
    expect(part(run.report, "headline")).toBe("does-not-verify");
    expect(codes(run)).toContain("KEY-001");
    expect(run.code).toBe(1);
  });

  test("the receipt store holds 8 self-consistent receipts and no checkpoint", async () => {
    const run = await chio(["verify", "stores/provider-receipts.sqlite3", "--json"]);
    expect(part(run.report, "headline")).toBe("self-consistent");
    expect(part(run.report, "counts")).toMatchObject({ receipts: 8, checkpoints: 0 });
    expect(answers(run)).toMatchObject({ unaltered: "yes", included: "cannot-tell" });
    expect(run.code).toBe(0);
  });

  test("all stores at once are recognised, counted and joined", async () => {
    const run = await chio(["verify", "stores", "--json"]);
    expect(part(run.report, "headline")).toBe("self-consistent");
    expect(part(run.report, "counts", "receipts")).toBe(8);
  });

  test("the anchor example is one receipt in one checkpoint by one proof", async () => {
    const run = await chio(["verify", "anchors", "--json"]);
    expect(part(run.report, "headline")).toBe("self-consistent");
    expect(part(run.report, "counts")).toMatchObject({ receipts: 1, checkpoints: 1, proofs: 1 });
    expect(fraction(run, "included")).toEqual([1, 1]);
    expect(codes(run)).toContain("INC-006");
  });

  test("two checkpoints with one number under one key are an equivocation", async () => {
    const run = await chio(["verify", "merkle/equivocation-conflicting-seq.json", "--json"]);
    expect(part(run.report, "headline")).toBe("does-not-verify");
    expect(codes(run)).toContain("EQV-001");
    expect(answers(run)).toMatchObject({ consistent: "no" });
    expect(run.code).toBe(1);
  });

  test.each([
    ["tenant-receipt", 1],
    ["binding-tampered_capability_signature", 1],
    ["child-request-receipt", 1],
    ["binding-allow_receipt", 0],
    ["binding-deny_receipt", 0],
    ["binding-valid_delegated_capability", 0],
    ["binding-not_yet_valid_capability", 0],
  ])("single-objects/%s exits %i", async (name, code) => {
    const run = await chio(["verify", `single-objects/${name}.json`, "--json"]);
    expect(part(run.report, "headline")).toBe(code === 1 ? "does-not-verify" : "self-consistent");
    expect(run.code).toBe(code);
  });

  test("the text report says the headline first and stays off the terminal's controls", async () => {
    const run = await chio(["verify", "evidence/log-v1-form"]);
    expect(run.text.split("\n")[0]).toBe("Self-consistent · no key pinned");
    expect(run.text).toMatch(/Included\s+Yes\s+24 \/ 24/);
    expect(run.text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(run.complaints).toBe("");
  });

  test("standard input is read like a file", async () => {
    const run = await chio(["verify", "-", "--json"], '{"noise":');
    expect(run.code).toBe(2);
    expect(part(run.report, "headline")).toBe("not-checked");
    expect(part(run.report, "counts", "rejected")).toBe(1);
  });
});

const SOME_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

describe("chio verify, usage", () => {
  test.each([
    [[]],
    [["audit"]],
    [["verify"]],
    [["verify", "absent.ndjson"]],
    [["verify", "x", "--quick"]],
  ])("%j exits 2 and says why on standard error", async (words) => {
    const run = await chio(words);
    expect(run.code).toBe(2);
    expect(run.text).toBe("");
    expect(run.complaints).not.toBe("");
  });

  test("a trust file that is refused ends the run", async () => {
    const path = join(folder, "refused.json");
    await writeFile(path, JSON.stringify({ schema: "chio-explorer.trust.v1", keys: [], extra: 1 }));
    const run = await chio(["verify", folder, "--trust", path]);
    expect(run.code).toBe(2);
    expect(run.complaints).toContain("unknown member");
  });

  test("a trust file alone checks nothing", async () => {
    const run = await chio(["verify", await pin("alone", [SOME_KEY]), "--json"]);
    expect(part(run.report, "headline")).toBe("not-checked");
    expect(run.code).toBe(2);
  });
});
