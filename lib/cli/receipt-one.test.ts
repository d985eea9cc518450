import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signToken } from "@/kernel/capability/sign.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import { folder, lines } from "@/lib/verification/testing/files.ts";
import { keyOf, seedOf } from "@/lib/verification/testing/keys.ts";
import { FIRST_TIME, log, receiptBody, signReceipt } from "@/lib/verification/testing/log.ts";
import { ndjsonOf } from "@/lib/verification/testing/steps.ts";
import { documentationChain } from "./testing/documentation.ts";
import { type Bench, bench, type Run } from "./testing/run-in.ts";

const KERNEL = seedOf("kernel");
const ISSUER = seedOf("issuer");
const built = log({ form: "v1" });
const [first] = built.receipts;
const FIRST = String(first?.["id"]);
const honest = signReceipt(receiptBody("edited-1", FIRST_TIME), KERNEL);

function token(id: string, grant: JsonObject): JsonObject {
  return signToken(
    {
      id,
      issuer: keyOf(ISSUER),
      subject: keyOf(KERNEL),
      scope: { grants: [{ operations: ["invoke"], ...grant }] },
      issued_at: FIRST_TIME - 10,
      expires_at: FIRST_TIME + 1_000,
    },
    ISSUER,
  );
}

const TRUST = JSON.stringify({
  schema: "chio-explorer.trust.v1",
  keys: ["kernel", "checkpoint"].map((role) => ({
    role,
    key: keyOf(KERNEL),
    valid_from: null,
    valid_until: null,
    retired_at: null,
    note: "",
  })),
});

/** A denial under a comb of causes: 5 parents, one of which has 40 of its own. */
const comb = [
  ...Array.from({ length: 40 }, (_, at) => ({ id: `far-cause-${at}`, at })),
  { id: "near-cause-0", at: 50 },
];

let on: Bench;
beforeAll(async () => {
  on = await bench({
    ...folder(built),
    "trust.json": TRUST,
    "example.ndjson": lines(documentationChain("abbreviated")),
    "edited.ndjson": lines([{ ...honest, tool_name: "refund" }]),
    "copy.ndjson": lines([honest]),
    "scoped.ndjson": lines([
      signReceipt({ ...receiptBody("scoped-1", FIRST_TIME), capability_id: "cap-a" }, KERNEL),
      signReceipt({ ...receiptBody("scoped-2", FIRST_TIME), capability_id: "cap-b" }, KERNEL),
      token("cap-a", { server_id: "payments", tool_name: "*" }),
      token("cap-b", { server_id: "payments", tool_name: "read_file" }),
    ]),
    "tenant.ndjson": lines([
      signReceipt({ ...receiptBody("tenant-1", FIRST_TIME), tenant_id: "acme" }, KERNEL),
    ]),
    "comb.ndjson":
      ndjsonOf(comb) +
      lines([
        signReceipt(
          {
            ...receiptBody("comb-middle", FIRST_TIME + 60),
            parent_receipt: comb.map(({ id }) => id),
          },
          KERNEL,
        ),
      ]) +
      ndjsonOf([{ id: "comb-end", parent: "comb-middle", at: 70, decision: "deny" }]),
    "hostile.ndjson": `{"id":"hostile-1","timestamp":18446744073709551615,"capability_id":"\u202e","tool_server":"s","tool_name":"t\u009b","action":{"parameters":{"__proto__":{"deep":[1,{}]}},"parameter_hash":"x"},"decision":{"verdict":"deny","reason":"\\u001b[2J","guard":"<b>"},"content_hash":"","policy_hash":"","kernel_key":"${keyOf(KERNEL)}","signature":"${"00".repeat(64)}"}\n`,
  });
});
afterAll(() => on.remove());

const receipt = (...words: readonly string[]) => on.chio(["receipt", ...words]);
const json = ({ text }: Run) => JSON.parse(text);

describe("verify", () => {
  test("names every check, the key and the leaf; exit 0", async () => {
    const run = await receipt("verify", FIRST, "evidence", "--trust", "trust.json");
    expect(run.code).toBe(0);
    expect(run.text.split("\n")[0]).toBe(`Verified: receipt ${FIRST}`);
    for (const line of [/^id +fits$/m, /^signature +fits$/m, /\(pinned\)$/m]) {
      expect(run.text).toMatch(line);
    }
    expect(run.text).toMatch(/^inclusion +checkpoint 1, leaf 0 of 8$/m);
    const unpinned = await receipt("verify", FIRST, "evidence", "--json");
    expect(json(unpinned)).toMatchObject({
      schema: "chio-explorer.receipt-verification.v1",
      status: "self-consistent",
      key: { standing: "no-trust" },
      inclusion: { state: "included", checkpoint_seq: "1", leaf_index: 0, tree_size: 8 },
      place: { file: "evidence/receipts.ndjson", line: 1, pointer: "/receipt" },
      findings: [],
    });
  });

  test("a receipt that its signature does not fit: what, where, and exit 1", async () => {
    const run = await receipt("verify", "edited-1", "edited.ndjson");
    expect(run.code).toBe(1);
    expect(run.text).toMatch(/^Does not verify: receipt edited-1$/m);
    expect(run.text).toMatch(/^signature +does not fit$/m);
    expect(run.text).toMatch(/SIG-002 receipt edited-1: .*\n +at edited\.ndjson, line 1, byte 0/);
  });

  test("what cannot be checked is exit 2, and what else fails does not count", async () => {
    const example = await receipt("verify", "rcpt_003", "example.ndjson");
    expect(example.code).toBe(2);
    expect(example.text).toMatch(/^signature +not checked: abbreviated$/m);
    expect((await receipt("verify", FIRST, "evidence", "edited.ndjson")).code).toBe(0);
  });

  test("of copies the one that must not be overlooked counts", async () => {
    expect((await receipt("verify", "edited-1", "copy.ndjson", "edited.ndjson")).code).toBe(1);
    expect((await receipt("verify", "edited-1", "copy.ndjson")).code).toBe(0);
  });
});

describe("show", () => {
  test("the receipt as it stands, under its state and place", async () => {
    const { code, text, complaints } = await receipt("show", "rcpt_002", "example.ndjson");
    expect([code, complaints]).toEqual([0, ""]);
    const [facts = "", body = ""] = text.split("\n\n");
    expect(facts).toMatch(/^integrity +Not checked$/m);
    expect(facts).toMatch(/^stands in +example\.ndjson, line 2, byte \d+$/m);
    expect(facts).toMatch(/^caused by +rcpt_001$/m);
    expect(facts).toMatch(/^led to +rcpt_003$/m);
    expect(JSON.parse(body)).toEqual(documentationChain("abbreviated")[1]);
  });

  test("a wrapper is not shown as the receipt", async () => {
    const { text } = await receipt("show", FIRST, "evidence");
    expect(JSON.parse(text.split("\n\n")[1] ?? "")).toEqual(first);
    expect(text).toMatch(/^also known as +log-1$/m);
  });

  test("--json has the receipt, its state, its place and its links", async () => {
    const run = await receipt("show", "--json", "rcpt_002", "example.ndjson");
    expect(json(run)).toMatchObject({
      receipt: documentationChain("abbreviated")[1],
      status: "not-checked",
      place: { file: "example.ndjson", line: 2, pointer: "" },
      links: {
        caused_by: [{ id: "rcpt_001", loaded: true, sources: ["parent-receipt"] }],
        led_to: [{ id: "rcpt_003", loaded: true }],
      },
    });
  });

  test("hostile text steers no terminal, and no digit is lost", async () => {
    const run = await receipt("show", "hostile-1", "hostile.ndjson");
    expect(run.code).toBe(1);
    expect(run.text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(run.text).toContain('"timestamp": 18446744073709551615');
    const body = parseJson(run.text.slice(run.text.indexOf("\n\n")));
    expect(body.ok).toBe(true);
    const document = await receipt("show", "--json", "hostile-1", "hostile.ndjson");
    expect(document.text).toContain('"timestamp":18446744073709551615');
    expect(document.text).toContain('"__proto__":{"deep":[1,{}]}');
  });
});

describe("explain", () => {
  test("has the original's lines, each of them true", async () => {
    const { code, text } = await receipt("explain", FIRST, "evidence");
    expect(code).toBe(0);
    expect(text).toBe(`receipt: ${FIRST}
schema: chio.receipt.v1
identity: fits: the id is the hash of the content
decision: allow
reason: none
guard: none
policy_hash: policy
scope_diff: unknown: the capability is not loaded
parents: 0
batch_witness: checkpoint 1, leaf 0 of 8
repair_hint: none
`);
  });

  test("the text's names are the document's", async () => {
    const { text } = await receipt("explain", "comb-end", "comb.ndjson");
    const names = [...text.matchAll(/^([a-z_]+):/gm)].map(([, name]) => name);
    const document = json(await receipt("explain", "comb-end", "--json", "comb.ndjson"));
    expect(Object.keys(document).sort()).toEqual([...names, "parents_left_out"].sort());
    expect(document).toMatchObject({ decision: "deny", reason: "no such grant", guard: "scope" });
  });

  test("causes of causes, within both limits, and how many are left out", async () => {
    const of = async (...words: readonly string[]) =>
      (await receipt("explain", "comb-end", "comb.ndjson", ...words)).text;
    expect(await of()).toContain("parents: 33\n  comb-middle\n    far-cause-0\n    far-cause-1\n");
    expect(await of()).toContain("\n  and 9 more; --depth and --fanout-limit widen the list\n");
    expect(await of("--depth", "1")).toContain("parents: 1\n  comb-middle\n  and 41 more;");
    expect(await of("--fanout-limit", "100")).toContain("parents: 42\n");
  });

  test.each([
    ["scoped-1", "scope_diff: none: grant 0 covers the call (by the signed token)"],
    ["scoped-2", "scope_diff: grant 0: another tool (read_file) (by the signed token)"],
  ])("%s: %s", async (id, line) => {
    expect((await receipt("explain", id, "scoped.ndjson")).text).toContain(`\n${line}\n`);
    const { scope_diff } = json(await receipt("explain", id, "scoped.ndjson", "--json"));
    expect(scope_diff.state).toBe(line.includes("none") ? "within" : "outside");
  });

  test("with what the signature would fit, where a copy tells", async () => {
    const run = await receipt("explain", "edited-1", "edited.ndjson", "copy.ndjson");
    expect(run.code).toBe(1);
    expect(run.text).toContain(
      'repair_hint: the signature fits with /tool_name "approve_charge" instead of "refund", as in copy.ndjson, line 1\n',
    );
    expect((await receipt("explain", "edited-1", "edited.ndjson")).text).toContain(
      "repair_hint: none\n",
    );
  });

  test("a receipt of another tenant is not explained", async () => {
    expect((await receipt("explain", "tenant-1", "tenant.ndjson", "--tenant", "acme")).code).toBe(
      0,
    );
    expect(await receipt("explain", "tenant-1", "tenant.ndjson", "--tenant", "other")).toEqual({
      code: 2,
      text: "",
      complaints: "chio receipt explain: the receipt is not of this tenant\n",
    });
  });
});

describe("usage", () => {
  test("is told on demand, and on standard error where the words make no sense", async () => {
    const help = await receipt("--help");
    expect(help.code).toBe(0);
    expect(help.text).toContain("chio receipt explain ID");
    expect((await receipt("chain", "--help")).text).toBe(help.text);
    const wrong = await receipt("\u001b[2Jdelete");
    expect([wrong.code, wrong.text]).toEqual([2, ""]);
    expect(wrong.complaints).toBe(`chio receipt: unknown command \\u{1b}[2Jdelete\n${help.text}`);
    expect((await receipt()).complaints).toBe(help.text);
  });

  test("an id is the receipt's and not that of a denial that a client made up", async () => {
    const denial = {
      ...honest,
      kernel_key: "",
      signature: "",
      decision: { verdict: "deny", reason: "[unsigned]", guard: "none" },
      metadata: { chio_streaming_synthetic: true },
    };
    await writeFile(join(on.folder, "made-up.ndjson"), lines([denial, honest]));
    const run = await receipt("show", "edited-1", "made-up.ndjson");
    expect([run.code, run.text]).toEqual([0, expect.stringMatching(/^decision +Allowed$/m)]);
    await writeFile(join(on.folder, "alone.ndjson"), lines([denial]));
    expect((await receipt("show", "edited-1", "alone.ndjson")).text).toMatch(/^decision +Denied/m);
  });

  test("a refused trust file ends every command that takes one", async () => {
    await writeFile(join(on.folder, "refused.json"), "{}");
    for (const command of ["chain", "show", "explain", "verify"]) {
      const run = await receipt(command, FIRST, "evidence", "--trust", "refused.json");
      expect([run.code, run.text]).toEqual([2, ""]);
      expect(run.complaints).toContain(`chio receipt ${command}: trust file refused.json`);
    }
  });
});
