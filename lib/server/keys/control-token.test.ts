import { chmodSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { CONTROL_TOKEN, openControlToken } from "./control-token.ts";

let directory: ReturnType<typeof temporaryDirectory>;
beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

const path = (): string => join(directory.path, CONTROL_TOKEN);

it("is made at the first start, 256 bits for the owner alone, and stays", () => {
  const token = openControlToken(directory.path);
  const text = readFileSync(path(), "utf8").trim();
  expect(text).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  expect(token.ok && token.value.matches(text)).toBe(true);
  const again = openControlToken(directory.path);
  expect(again.ok && again.value.matches(text)).toBe(true);
  expect(readFileSync(path(), "utf8").trim()).toBe(text);
});

it("matches itself and nothing near it", () => {
  const token = openControlToken(directory.path);
  const text = readFileSync(path(), "utf8").trim();
  for (const other of ["", text.slice(1), `${text}x`, text.toLowerCase(), `${text}\n`]) {
    expect(token.ok && token.value.matches(other)).toBe(false);
  }
});

it("is refused when others may read it, or when it is too short to be one", () => {
  openControlToken(directory.path);
  chmodSync(path(), 0o644);
  expect(openControlToken(directory.path)).toMatchObject({
    ok: false,
    error: { kind: "readable-by-others" },
  });
  chmodSync(path(), 0o600);
  writeFileSync(path(), `${"a".repeat(31)}\n`);
  expect(openControlToken(directory.path).ok).toBe(false);
  writeFileSync(path(), `${"a".repeat(32)}\n`);
  expect(openControlToken(directory.path).ok).toBe(true);
});
