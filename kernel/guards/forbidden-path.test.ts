import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type JsonValue, member } from "../json/value.ts";
import { guardRequest, guardWith, problemOf, reasonOf } from "../testing/guard-requests.ts";
import { guardCases, objectAt, textAt, textsAt, verdictOf } from "../testing/guard-vectors.ts";
import { vectorsDirectory } from "../testing/vectors.ts";
import { DEFAULT_FORBIDDEN_PATH, forbiddenPath } from "./forbidden-path.ts";

const missing = vectorsDirectory() === null;
const guard = guardWith(forbiddenPath, { forbiddenPath: DEFAULT_FORBIDDEN_PATH });

function judge(tool: string, toolArguments: JsonValue, by = guard): string {
  return reasonOf(by.check(guardRequest(tool, toolArguments)));
}

function withLists(patterns: readonly string[], exceptions: readonly string[]) {
  return guardWith(forbiddenPath, { forbiddenPath: { patterns, exceptions } });
}

describe.skipIf(missing)("the vectors of forbidden-path", () => {
  it.each(guardCases("forbidden-path"))("%s", (_, one) => {
    const config = objectAt(one, "config");
    const more = textsAt(config, "additional_patterns");
    const own = textsAt(config, "patterns") ?? DEFAULT_FORBIDDEN_PATH.patterns;
    const by = withLists([...own, ...(more ?? [])], textsAt(config, "exceptions") ?? []);
    const path = textAt(one, "path") ?? textAt(objectAt(one, "input"), "path") ?? "";
    expect(verdictOf(judge("read_file", { path }, by))).toBe(member(one, "expected"));
    expect(verdictOf(judge("write_file", { path, content: "" }, by))).toBe(member(one, "expected"));
  });
});

/** One path for each default pattern. */
const SECRETS = [
  "/home/a/.ssh/config",
  "/x/id_rsa.pub",
  "/x/id_ed25519",
  "/x/id_ecdsa",
  "/home/a/.aws/credentials",
  "/app/.env",
  "/app/.env.local",
  "/home/a/.git-credentials",
  "/home/a/.gitconfig",
  "/home/a/.gnupg/x",
  "/home/a/.kube/config",
  "/home/a/.docker/config.json",
  "/home/a/.npmrc",
  "/home/a/.password-store/x",
  "/home/a/pass/x",
  "/home/a/.1password/x",
  "/etc/shadow",
  "/etc/passwd",
  "/etc/sudoers",
  "C:/Users/a/AppData/Roaming/Microsoft/Credentials/x",
  "C:/Users/a/AppData/Local/Microsoft/Credentials/x",
  "C:/Users/a/AppData/Roaming/Microsoft/Vault/x",
  "C:/Users/a/NTUSER.DAT",
  "C:/Users/a/NTUSER.DAT.LOG1",
  "C:/Windows/System32/config/SAM",
  "C:/Windows/System32/config/SECURITY",
  "C:/Windows/System32/config/SYSTEM",
  "C:/x.reg",
  "C:/Users/a/AppData/Roaming/Microsoft/SystemCertificates/x",
  "C:/Users/a/WindowsPowerShell/profile.ps1",
  "C:/Users/a/PowerShell/profile.ps1",
];

describe("a forbidden path", () => {
  it.each(SECRETS)("%s is denied to every file tool", (path) => {
    for (const [tool, extra] of [
      ["read_file", {}],
      ["write_file", { content: "x" }],
      ["apply_patch", { diff: "+x" }],
    ] as const) {
      expect(guard.check(guardRequest(tool, { path, ...extra }))).toEqual({
        verdict: "deny",
        reason: `the path ${path} is forbidden`,
        pointer: "/path",
      });
    }
  });

  it("has a pattern of its own for each of them", () => {
    for (const [index, path] of SECRETS.entries()) {
      const others = DEFAULT_FORBIDDEN_PATH.patterns.filter((_, place) => place !== index);
      expect(judge("read_file", { path }, withLists(others, []))).toBe("allow");
    }
    expect(DEFAULT_FORBIDDEN_PATH.patterns).toHaveLength(SECRETS.length);
  });

  it.each([
    "/etc/shadow.txt",
    "/etc/shadows",
    "/a/etc/passwd",
    "/app/env",
    "/app/.envrc",
    "/x.regx",
    "/ssh/x",
  ])("%s is none", (path) => {
    expect(judge("read_file", { path })).toBe("allow");
  });

  it.each([
    "/home/a/.ssh",
    "/home/a/.ssh/",
    "~/.ssh",
    "pass",
    "etc/shadow",
    "../../../etc/shadow",
    "./etc/shadow",
    " /etc/shadow\n",
    "/etc/shadow\0.png",
    "/etc/shadow%00.png",
    "%2fetc%2fshadow",
    "/etc/%73hadow",
    "/proc/self/root/etc/shadow",
    "/private/etc/passwd",
    "file:///etc/shadow",
    "\\etc\\shadow",
    "\\\\?\\C:\\Users\\a\\.ssh\\x",
    "/ETC/Shadow",
    "/etc/shadow.",
    "/etc./shadow ",
    "\uff0fetc\uff0fshadow",
    "/etc/sh\u200badow",
    "/home/a/\uff0essh/x",
  ])("%j is another spelling of one", (path) => {
    expect(judge("read_file", { path })).toBe(`the path ${path} is forbidden`);
  });

  it("is denied however it is spelled", () => {
    const alike = new Map([
      ["/", ["/", "//", "/./", "\\", "/x/../", "\uff0f", "%2f", "%5C", "/.//"]],
      [".", [".", "\uff0e", "%2e", "\u2024"]],
      ["s", ["s", "S", "\uff53", "%73", "\u017f", "s\u200d", "\u24e2"]],
      ["e", ["e", "E", "%65", "e\u2060", "\ufeffe"]],
    ]);
    const spelled = (path: string) =>
      fc
        .tuple(...Array.from(path, (one) => fc.constantFrom(...(alike.get(one) ?? [one]))))
        .map((parts) => parts.join(""));
    const ending = fc.constantFrom("", "/", ".", " ", "/.", "\0", "%20");
    const secret = fc.constantFrom(...SECRETS.filter((path) => !path.startsWith("C:")));
    fc.assert(
      fc.property(
        secret.chain((path) => fc.tuple(spelled(path), ending)),
        ([path, end]) => {
          expect(judge("read_file", { path: path + end })).not.toBe("allow");
        },
      ),
      { numRuns: 400 },
    );
  });

  it("is one, if nobody can tell", () => {
    expect(judge("read_file", { path: "a".repeat(32_768) })).toMatch(/ is forbidden$/);
    expect(judge("open", { target: "a".repeat(32_768) })).toBe("allow");
  });
});

describe("tools that are not known for files", () => {
  it.each<[string, JsonValue, string]>([
    ["open_file", { target: "/etc/shadow" }, "/target"],
    ["open_file", { target: ".env" }, "/target"],
    ["open_file", { target: "id_rsa" }, "/target"],
    ["open_file", { target: "%2fetc%2fshadow" }, "/target"],
    ["open_file", { options: { names: ["a", "/etc/shadow"] } }, "/options/names/1"],
    ["open_file", { path: "pass" }, "/path"],
    ["open_file", { dir: "/home/a/.ssh" }, "/dir"],
    ["open_file", { target: "keys\\.ssh" }, "/target"],
    ["open_file", { target: "keys%2f.ssh" }, "/target"],
    ["open_file", { list: "a\n/etc/shadow\nb" }, "/list"],
    ["open_file", { list: "a\r/etc/shadow" }, "/list"],
    ["open_file", "/etc/shadow", ""],
    ["read_file", { path: "a", file: "/etc/shadow" }, "/file"],
    ["write_file", { path: "a", content: "x", backup: "/etc/shadow" }, "/backup"],
    ["browser", { url: "file:///etc/shadow" }, "/url"],
    ["fetch", { url: "file:///etc/shadow" }, "/url"],
    ["github_get", { path: "/repos/a/b/contents/.env" }, "/path"],
    ["remember", { key: "/etc/shadow" }, "/key"],
    ["python", { code: "print(open('/etc/shadow').read())" }, "/code"],
    ["python", { code: "x = '.env'" }, "/code"],
    ["python", { code: "get('file:/etc/shadow')" }, "/code"],
    ["python", { code: "x", cwd: "/home/a/.ssh" }, "/cwd"],
    ["sql", { query: "COPY t FROM '/etc/passwd'" }, "/query"],
    ["bash", { command: "cat /etc/shadow" }, "/command"],
    ["bash", { command: "sh -c 'cat id_rsa'" }, "/command"],
    ["bash", { command: "cat '/etc/shadow" }, "/command"],
    ["bash", { command: `cat /etc/shadow ${"a".repeat(131_072)}` }, "/command"],
    ["bash", { command: "ls", cwd: "/home/a/.ssh" }, "/cwd"],
  ])("%s %j", (tool, toolArguments, pointer) => {
    expect(guard.check(guardRequest(tool, toolArguments))).toMatchObject({
      verdict: "deny",
      pointer,
    });
  });

  it.each<[string, JsonValue]>([
    ["report", { status: "pass" }],
    ["report", { text: "id_rsa keys are weak" }],
    ["report", { text: "see .env and id_rsa.pub" }],
    ["report", { text: "ask for \nthe .env\nfile" }],
    ["report", { url: "https://example.com/a/.env" }],
    ["write_file", { path: "a", content: "/etc/shadow" }],
    ["apply_patch", { path: "a", diff: "+\n/etc/shadow" }],
    ["python", { code: "import pass\nx.env = process.env['a']" }],
    ["python", { code: "get('https://example.com/a/.env')" }],
    ["bash", { command: "rm -rf /" }],
    ["bash", { command: "ls # a/.ssh/b" }],
    ["bash", {}],
    ["fetch", {}],
    ["fetch", { url: "https://example.com/.env" }],
  ])("harmless: %s %j", (tool, toolArguments) => {
    expect(judge(tool, toolArguments)).toBe("allow");
  });

  it("reads a list of lines as the code that it may become", () => {
    expect(judge("python", { code: ["open('/etc/shadow')"] })).not.toBe("allow");
  });

  it.each<[string, JsonValue, string]>([
    [
      "read_file",
      { path: 1 },
      "the argument of a file-read call is not a text in path, file, file_path, filename",
    ],
    [
      "edit",
      {},
      "the argument of a file-write call is not a text in path, file, file_path, filename",
    ],
    ["patch", { path: "a" }, "the argument of a patch call is not a text in diff, patch"],
    [
      "python",
      {},
      "the argument of a code call is not a text in code, source, snippet, script, input",
    ],
    ["sql", {}, "the argument of a database call is not a text in query, sql, statement, command"],
    [
      "goto",
      { url: 1 },
      "the argument of a browser call is not a text in url, target, href, selector",
    ],
  ])("denies what is malformed: %s %j", (tool, toolArguments, reason) => {
    expect(judge(tool, toolArguments)).toBe(reason);
  });
});

describe("exceptions", () => {
  const one = withLists(["**/.env*", "**/keys/**"], ["/app/.env.example", "docs/**"]);

  it("let a path through in the one spelling that they name", () => {
    expect(judge("read_file", { path: "/app/.env.example" }, one)).toBe("allow");
    expect(judge("read_file", { path: "/app/./.env.example" }, one)).toBe("allow");
    expect(judge("read_file", { path: "docs/keys/a" }, one)).toBe("allow");
    expect(judge("read_file", { path: "/app/.env" }, one)).not.toBe("allow");
    expect(judge("read_file", { path: "/docs/keys/a" }, one)).not.toBe("allow");
  });

  it.each([
    "/APP/.env.example",
    "/app/%2e%2e/x/.env",
    "docs/../keys/a",
    "docs/%2e%2e/keys/a",
    "docs/x\0/../../keys/a",
    "/proc/1/root/app/.env",
    "docs\uff0f..\uff0fkeys/a",
  ])("cannot be borrowed: %j", (path) => {
    expect(judge("read_file", { path }, one)).not.toBe("allow");
  });
});

describe("the policy", () => {
  it("turns the guard off, or names the pattern that is none", () => {
    expect(() => guardWith(forbiddenPath, {})).toThrow("forbidden-path is off");
    for (const forbidden of [
      { patterns: ["a**"], exceptions: [] },
      { patterns: [], exceptions: ["a**"] },
    ]) {
      expect(problemOf(forbiddenPath, { forbiddenPath: forbidden })).toBe(
        'the pattern "a**" is no glob',
      );
    }
  });
});

describe("long arguments", () => {
  it("are read in one pass", () => {
    const long = 300_000;
    expect(judge("note", { text: "/a".repeat(long / 2) })).toBe("allow");
    expect(judge("note", { text: "../".repeat(long / 3) })).toBe("allow");
    expect(judge("note", { text: "a/b c\n".repeat(2000) })).toBe("allow");
    expect(judge("read_file", { path: `${"/./".repeat(long / 3)}etc/shadow` })).not.toBe("allow");
    expect(judge("read_file", { path: `${"/a/..".repeat(long / 5)}/etc/shadow` })).not.toBe(
      "allow",
    );
  });
});

describe("a command line", () => {
  it("is judged by the paths in it, and not as one path", () => {
    expect(judge("bash", { command: "ls # /home/a/.ssh/id" })).toBe("allow");
    expect(judge("bash", { command: "> /home/a/.ssh/config" })).not.toBe("allow");
    expect(judge("bash", { command: "ls; > /home/a/.ssh/config; ls" })).not.toBe("allow");
    expect(judge("bash", { command: "echo $(cat /home/a/.ssh/config)" })).not.toBe("allow");
  });
});

describe("names of members that are paths", () => {
  const guard = guardWith(forbiddenPath, { forbiddenPath: DEFAULT_FORBIDDEN_PATH });

  it.each([
    [{ "/etc/shadow": "read" }, "/~1etc~1shadow"],
    [{ files: [{ "a/.env": 1 }] }, "/files/0/a~1.env"],
  ])("%j", (callArguments, pointer) => {
    expect(guard.check(guardRequest("custom", callArguments))).toMatchObject({
      verdict: "deny",
      pointer,
    });
  });

  it.each([{ ".env": 1 }, { "https://x/.env": 1 }, { "src/env": 1 }])(
    "harmless: %j",
    (callArguments) => {
      expect(reasonOf(guard.check(guardRequest("custom", callArguments)))).toBe("allow");
    },
  );
});
