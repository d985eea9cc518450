import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { lockDirectory } from "./lock-file.ts";

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

it("gives a directory to one holder at a time, and says which process that is", () => {
  const path = join(directory.path, "data");
  const first = lockDirectory(path);
  expect(first.ok).toBe(true);
  const second = lockDirectory(path);
  expect(second).toMatchObject({ ok: false, error: { kind: "held", pid: process.pid } });
  if (first.ok) {
    first.value.release();
  }
  const third = lockDirectory(path);
  expect(third.ok).toBe(true);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(join(path, "kernel.lock")).mode & 0o777).toBe(0o600);
  if (third.ok) {
    third.value.release();
  }
});

it("is refused where anyone may write", () => {
  const path = join(directory.path, "data");
  mkdirSync(path);
  chmodSync(path, 0o777);
  expect(lockDirectory(path)).toEqual({ ok: false, error: { kind: "open-to-all", path } });
  chmodSync(path, 0o775);
  const taken = lockDirectory(path);
  expect(taken.ok && taken.value.release()).toBe(undefined);
});

it("is refused while another process lives, and free as soon as that one was killed", async () => {
  lockDirectory(directory.path);
  const other = join(directory.path, "other");
  const held = lockDirectory(other);
  if (held.ok) {
    held.value.release();
  }
  const libsql = createRequire(import.meta.url).resolve("libsql");
  const program = `const d = new (require(process.argv[1]))(process.argv[2], { timeout: 0 });
    d.exec("BEGIN EXCLUSIVE"); process.stdout.write("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["-e", program, libsql, join(other, "kernel.lock")]);
  await once(child.stdout, "data");
  expect(lockDirectory(other).ok).toBe(false);
  child.kill("SIGKILL");
  await once(child, "exit");
  const again = lockDirectory(other);
  expect(again.ok).toBe(true);
  if (again.ok) {
    again.value.release();
  }
});
