import { describe, expect, test } from "vitest";
import { typeCheck } from "./planted.ts";

describe("the kernel's own type check knows no platform", () => {
  const FAULTS: Readonly<Record<string, string>> = {
    fetch: 'export const f = () => fetch("/");\n',
    process: "export const p = () => process.env;\n",
    Buffer: "export const b = () => Buffer.alloc(1);\n",
    crypto: "export const c = () => crypto.subtle;\n",
    TextEncoder: "export const t = () => new TextEncoder();\n",
    console: 'export const l = () => console.log("x");\n',
    setTimeout: "export const s = () => setTimeout(() => undefined, 1);\n",
    document: "export const d = () => document.title;\n",
    "node-module": 'import { readFileSync } from "node:fs";\n\nexport const r = readFileSync;\n',
    "outer-alias": 'import { outer } from "@/lib/outer.ts";\n\nexport const o = outer;\n',
  };

  const inKernel = (files: Readonly<Record<string, string>>) =>
    typeCheck("kernel", {
      "kernel/clean.ts": "export const size = (bytes: Uint8Array): number => bytes.length;\n",
      "lib/outer.ts": "export const outer = 1;\n",
      ...files,
    });

  test("a clean kernel is accepted", () => {
    expect(inKernel({})).toEqual([]);
  });

  test("every platform name is refused, in its own file", () => {
    const planted = Object.entries(FAULTS).map(([name, text]) => [`kernel/${name}.ts`, text]);
    const lines = inKernel(Object.fromEntries(planted));
    for (const name of Object.keys(FAULTS)) {
      expect(
        lines.some((line) => line.startsWith(`${name}.ts(`)),
        `${name}: ${lines.join("\n")}`,
      ).toBe(true);
    }
    expect(lines.some((line) => line.startsWith("clean.ts("))).toBe(false);
  });

  test("an import that leaves the folder is refused", () => {
    const lines = inKernel({
      "kernel/leaves.ts": 'import { outer } from "../lib/outer.ts";\n\nexport const o = outer;\n',
    });
    expect(lines.join("\n")).toMatch(/rootDir/);
  });
});

describe("a worker's own type check knows no page", () => {
  test("document and window are refused, what a worker has is accepted", () => {
    const clean = "self.postMessage(new Uint8Array(1));\n\nexport {};\n";
    expect(typeCheck("lib/workers", { "lib/workers/a.worker.ts": clean })).toEqual([]);
    const fault = "export const title = document.title + window.name;\n";
    const lines = typeCheck("lib/workers", { "lib/workers/a.worker.ts": fault });
    expect(lines.join("\n")).toMatch(/'document'/);
    expect(lines.join("\n")).toMatch(/'window'/);
  });
});
