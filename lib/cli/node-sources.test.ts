import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeInputs } from "./node-sources.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chio-sources-"));
  await mkdir(join(folder, "export/policy"), { recursive: true });
  await writeFile(join(folder, "export/b.ndjson"), "0123456789");
  await writeFile(join(folder, "export/a.ndjson"), "");
  await writeFile(join(folder, "export/policy/source"), "x");
  await symlink("/etc/hostname", join(folder, "export/link"));
  await symlink("..", join(folder, "export/policy/loop"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const at = (cwd: string, text = "") => ({ cwd, stdin: Readable.from([Buffer.from(text)]) });

test("reads folders to their ends, in order, and follows no link", async () => {
  const found = await nodeInputs(["./export/"], at(folder));
  expect(found.ok && found.value.inputs.map((one) => one.path)).toEqual([
    "export/a.ndjson",
    "export/b.ndjson",
    "export/policy/source",
  ]);
  expect(found.ok && found.value.skipped).toEqual(["export/link", "export/policy/loop"]);
});

test("reads no file twice, however often it is named", async () => {
  const found = await nodeInputs(["export", "export/b.ndjson", "./export/policy/.."], at(folder));
  expect(found.ok && found.value.inputs.map((one) => one.path)).toEqual([
    "export/a.ndjson",
    "export/b.ndjson",
    "export/policy/source",
  ]);
});

test("names a folder that is only dots after itself", async () => {
  const found = await nodeInputs(["."], at(join(folder, "export/policy")));
  expect(found.ok && found.value.inputs.map((one) => one.path)).toEqual(["policy/source"]);
});

test("reads ranges of a file, clamped to its size", async () => {
  const found = await nodeInputs(["export/b.ndjson"], at(folder));
  const source = found.ok ? found.value.inputs[0]?.source : undefined;
  expect(source?.size).toBe(10);
  const text = async (start: number, end: number) =>
    new TextDecoder().decode(await source?.read(start, end));
  expect([await text(2, 5), await text(8, 99), await text(20, 30)]).toEqual(["234", "89", ""]);
});

test("reads standard input as one file", async () => {
  const found = await nodeInputs(["-"], at(folder, "{}"));
  const source = found.ok ? found.value.inputs[0]?.source : undefined;
  expect(source?.size).toBe(2);
});

test("says which path cannot be read", async () => {
  expect(await nodeInputs(["absent"], at(folder))).toEqual({
    ok: false,
    error: "absent: there is no such file or folder",
  });
  expect((await nodeInputs(["/dev/null"], at(folder))).ok).toBe(false);
});
