import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { temporaryDirectory } from "@/lib/server/testing/data-directory.ts";
import { runServe } from "./serve.ts";
import { parseServeArguments } from "./serve-arguments.ts";

describe("chio serve, arguments", () => {
  test("the defaults, the environment's port, and what is said", () => {
    expect(parseServeArguments([], {})).toEqual({
      ok: true,
      value: { host: "127.0.0.1", port: 3000, data: null, policy: null },
    });
    expect(parseServeArguments([], { PORT: "81" })).toMatchObject({ value: { port: 81 } });
    expect(
      parseServeArguments(["--port=0", "--data", "d", "--policy", "p", "--host", "::1"], {}),
    ).toMatchObject({ value: { host: "::1", port: 0, data: "d", policy: "p" } });
    expect(parseServeArguments(["--port", "65535"], {}).ok).toBe(true);
  });

  test.each([
    [["--port"], "--port needs a value"],
    [["--port", "65536"], "the port must be from 0 to 65535"],
    [["--port", "http"], "the port must be from 0 to 65535"],
    [["--data", "a", "--data", "b"], "--data was given twice"],
    [["--fast"], "unknown option --fast"],
    [["here"], "unexpected word here"],
  ])("%j is refused", (words, error) => {
    expect(parseServeArguments(words, {})).toEqual({ ok: false, error });
  });
});

interface Run {
  readonly code: number;
  readonly out: string;
  readonly complaints: string;
}

/** Runs `chio serve` until `during` is done with the address that it printed. */
async function serve(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  during: (url: string) => Promise<void> = () => Promise.resolve(),
): Promise<Run> {
  const complaints: string[] = [];
  let out = "";
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let asked: Promise<void> = Promise.resolve();
  const surroundings = {
    cwd: "/",
    stdin: Readable.from([]),
    out: {
      write(text: string) {
        out += text;
        asked = during(/http:\/\/[^,]+/.exec(text)?.[0] ?? "").finally(stop);
      },
    },
    complain: { write: (text: string) => complaints.push(text) },
  };
  const code = await runServe(words, surroundings, environment, stopped);
  await asked;
  return { code, out, complaints: complaints.join("") };
}

describe("chio serve", () => {
  test("serves the routes on loopback until it is told to end, and lets go of its directory", async () => {
    const folder = temporaryDirectory();
    for (let time = 0; time < 2; time += 1) {
      let health = "";
      const run = await serve(["--port", "0", "--data", folder.path], {}, async (url) => {
        health = await (await fetch(`${url}/chio/health`)).text();
      });
      expect(run).toMatchObject({ code: 0, complaints: "" });
      expect(run.out).toContain("http://127.0.0.1:");
      expect(health).toContain("healthy");
    }
    folder.remove();
  });

  test("does not start over a store that is damaged, and takes no lock with it", async () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder.path, "receipts.sqlite3"), "x".repeat(4096), { mode: 0o600 });
    for (let time = 0; time < 2; time += 1) {
      const run = await serve(["--port", "0", "--data", folder.path], {});
      expect(run).toMatchObject({ code: 2, out: "" });
      expect(run.complaints).toContain("data-refused");
    }
    folder.remove();
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ["an unknown option", ["--fast"], {}, "unknown option"],
    ["a setting out of range", [], { CHIO_CHECKPOINT_EVERY: "0" }, "out-of-range"],
    ["an open address without names", ["--host", "0.0.0.0"], {}, "CHIO_ALLOWED_HOSTS"],
    ["a policy that is not there", ["--policy", "absent.yaml"], {}, "policy-refused"],
    [
      "tool servers that are not there",
      [],
      { CHIO_TOOL_SERVERS: "absent" },
      "tool-servers-refused",
    ],
    ["an issuer that is no key", [], { CHIO_TRUSTED_ISSUERS: "me" }, "issuer-refused"],
    ["a key that is none", [], { CHIO_KEY_KERNEL: "secret" }, "key-refused"],
  ])("does not start with %s, and says why", async (_name, words, environment, because) => {
    const folder = temporaryDirectory();
    const run = await serve(["--port", "0", "--data", folder.path, ...words], environment);
    expect(run.code).toBe(2);
    expect(run.out).toBe("");
    expect(run.complaints).toContain(because);
    expect(run.complaints).not.toContain("secret");
    folder.remove();
  });
});
