import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signToken } from "@/kernel/capability/sign.ts";
import { parseJson } from "@/kernel/json/parse.ts";
import { isObject, type JsonObject } from "@/kernel/json/value.ts";
import { demoKey } from "@/lib/demo/keys.ts";
import { runChio } from "./chio.ts";

const AUTHORITY = demoKey("check authority");
const AGENT = demoKey("check agent");
const AT = 1_780_000_000;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chio-check-"));
  await keep("token.json", token({}));
  await keep("read.json", call("read_file", { path: "/data/report.txt" }));
  await keep("shadow.json", call("read_file", { path: "/etc/shadow" }));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function token(changes: JsonObject): JsonObject {
  return signToken(
    {
      id: "cap-check",
      subject: AGENT.key,
      scope: {
        grants: [
          {
            server_id: "files",
            tool_name: "*",
            operations: ["invoke"],
            constraints: [],
            max_cost_per_invocation: { units: 250, currency: "USD" },
            max_total_cost: { units: 1000, currency: "USD" },
          },
        ],
      },
      issued_at: AT - 60,
      expires_at: AT + 60,
      delegation_chain: [],
      ...changes,
    },
    AUTHORITY.seed,
  );
}

function call(toolName: string, args: JsonObject): JsonObject {
  return { agent_id: AGENT.key, server_id: "files", tool_name: toolName, arguments: args };
}

async function keep(name: string, value: JsonObject | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
}

async function check(words: readonly string[], stdin = "") {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await runChio(["check", ...words], {
    cwd: folder,
    stdin: Readable.from([Buffer.from(stdin)]),
    out: { write: (text: string) => out.push(text) },
    complain: { write: (text: string) => complaints.push(text) },
  });
  const text = out.join("");
  const parsed = parseJson(text);
  const answer = parsed.ok && isObject(parsed.value.value) ? parsed.value.value : {};
  return { code, text, complaints: complaints.join(""), answer };
}

function asked(request: string, ...more: readonly string[]) {
  return check(["--capability", "token.json", "--request", request, "--at", `${AT}`, ...more]);
}

describe("chio check", () => {
  test("an allowed call: every check, every guard, what is held, exit 0", async () => {
    const run = await asked("read.json");
    expect(run.complaints).toBe("");
    expect(withoutHash(run.text)).toBe(`Allow

call      read_file on files
time      2026-05-28T20:26:40.000Z (1780000000)
issuer    not pinned: the token's own was taken as trusted
policy    the defaults, HASH
grant     number 0
held      250 USD

Checks
  emergency-stop      passed
  token               passed          signature and dates
  revocation          passed
  delegation          does not apply  issued directly
  subject             passed
  rewrites            does not apply  the policy has none
  scope               passed          grants that fit: 1
  proof-of-possession does not apply  no grant asks for it
  registration        does not apply  nothing is dispatched
  guards              passed          guards: 11
  budget              passed          held: 250

Guards
  forbidden-path    allow
  path-allowlist    allow
  shell-command     allow
  egress-allowlist  allow
  mcp-tool          allow
  secret-leak       allow
  patch-integrity   allow
  velocity          allow
  agent-velocity    allow
  internal-network  allow
  data-flow         allow
`);
    expect(run.code).toBe(0);
  });

  test("a denied call: who denied it, why and where, exit 3", async () => {
    const run = await asked("shadow.json");
    const lines = run.text.split("\n");
    expect(lines[0]).toBe("Deny · forbidden-path · urn:chio:error:guard:denied");
    expect(lines[1]).toMatch(/^guard "forbidden-path" denied the request: /u);
    expect(lines[2]).toBe("at /path of the arguments");
    expect(run.text).toContain("  guards              denied");
    expect(run.text).toContain("  budget              not reached");
    expect(run.code).toBe(3);
  });

  test("the same as one line of JSON", async () => {
    const allow = await asked("read.json", "--json");
    expect(allow.answer).toMatchObject({
      schema: "chio-explorer.check.v1",
      verdict: "allow",
      reason_code: "urn:chio:error:none",
      issuers: "assumed",
      at: AT,
      capability_id: "cap-check",
      grant_index: 0,
      hold: { units: 250, currency: "USD" },
      arguments: { path: "/data/report.txt" },
    });
    const deny = await asked("shadow.json", "--json");
    expect(deny.code).toBe(3);
    expect(deny.answer).toMatchObject({
      verdict: "deny",
      code: "guard-denied",
      guard: "forbidden-path",
      pointer: "/path",
      legacy_code: "CHIO-KERNEL-GUARD-DENIED",
    });
    expect(deny.text.split("\n")).toHaveLength(2);
  });

  test.each([
    ["no token", ["--capability", "none"], "a capability token is required"],
    ["a text that is no token", ["--capability", "noise"], "not a JSON object"],
  ])("%s is a denial and not a usage error", async (_, words, reason) => {
    await keep("noise", "{");
    const run = await check([...words, "--request", "read.json", "--at", `${AT}`]);
    expect(run.text).toContain(reason);
    expect(run.code).toBe(3);
  });

  test.each([
    [AT - 60, 0],
    [AT - 61, 3],
    [AT + 59, 0],
    [AT + 60, 3],
  ])(
    "at %i the exit code is %i: the window starts inclusive and ends exclusive",
    async (at, code) => {
      const words = ["--capability", "token.json", "--request", "read.json", `--at=${at}`];
      expect((await check(words)).code).toBe(code);
    },
  );

  test("a trust file decides which authority may issue, and when", async () => {
    const pin = (name: string, entry: JsonObject) =>
      keep(name, {
        schema: "chio-explorer.trust.v1",
        keys: [{ role: "capability_authority", key: AUTHORITY.key, note: "", ...entry }],
      });
    await pin("pinned.json", {});
    await pin("kernel.json", { role: "kernel" });
    await pin("other.json", { key: AGENT.key });
    await pin("retired.json", { retired_at: AT });
    const pinned = await asked("read.json", "--trust", "pinned.json");
    expect(pinned.text).toContain("issuer    as pinned");
    expect(pinned.code).toBe(0);
    for (const name of ["kernel.json", "other.json", "retired.json"]) {
      const run = await asked("read.json", "--trust", name, "--json");
      expect(run.answer).toMatchObject({ verdict: "deny", code: "untrusted-issuer" });
      expect(run.code).toBe(3);
    }
  });

  test("a policy decides, and what it extends is read from its own folder alone", async () => {
    await keep(
      "base.yaml",
      "hushspec: '0.1.0'\nname: base\nrules:\n  forbidden_paths:\n    enabled: true\n    patterns: ['**/report.txt']\n",
    );
    await keep("policy.yaml", "hushspec: '0.1.0'\nname: mine\nextends: base.yaml\n");
    const denied = await asked("read.json", "--policy", "policy.yaml");
    expect(denied.complaints).toBe("");
    expect(denied.text.split("\n")[0]).toContain("forbidden-path");
    await keep("outside.yaml", "hushspec: '0.1.0'\nname: mine\nextends: ../base.yaml\n");
    const outside = await asked("read.json", "--policy", "outside.yaml");
    expect(outside.complaints).toContain("only a file beside the policy can be extended");
    expect(outside.code).toBe(2);
  });

  test("the token may come from standard input", async () => {
    const words = ["--capability", "-", "--request", "read.json", "--at", `${AT}`];
    expect((await check(words, JSON.stringify(token({})))).code).toBe(0);
  });

  test("nothing in a file reaches the terminal's controls", async () => {
    await keep("hostile.json", call("read\u001b[2J\u202e", { path: "/\u0007" }));
    const run = await asked("hostile.json");
    expect(run.text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(run.text).toContain("read\\u{1b}[2J\\u{202e}");
  });

  test.each([
    [[], "--capability is needed"],
    [["--capability", "token.json"], "--request is needed"],
    [["--capability", "token.json", "--request"], "--request needs a file"],
    [["--capability", "a", "--capability", "b"], "--capability was given twice"],
    [["--capability", "-", "--request", "-"], "standard input can be read once"],
    [["--capability", "a", "--request", "b", "--at", "soon"], "--at needs a time"],
    [["--capability", "a", "--request", "b", "--fast"], "unknown option --fast"],
    [["--capability", "a", "--request", "b", "c"], "unexpected word c"],
    [["--capability", "absent", "--request", "read.json"], "capability absent: cannot be read"],
    [["--capability", "none", "--request", "token.json"], "request token.json: "],
    [
      ["--capability", "none", "--request", "read.json", "--policy", "read.json"],
      "policy read.json: ",
    ],
    [
      ["--capability", "none", "--request", "read.json", "--trust", "read.json"],
      "trust file read.json",
    ],
  ])("%j exits 2 and says why on standard error", async (words, why) => {
    const run = await check(words);
    expect(run.complaints).toContain(why);
    expect(run.text).toBe("");
    expect(run.code).toBe(2);
  });
});

function withoutHash(text: string): string {
  return text.replace(/[0-9a-f]{64}/u, "HASH");
}
