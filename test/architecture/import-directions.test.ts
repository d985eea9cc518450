import { describe, expect, test } from "vitest";
import { lint } from "./planted.ts";

/** One planted import: the folder and the end of the name where it stands, what it names, and a twin in the same place that is right. */
interface Case {
  readonly at: string;
  readonly end: string;
  readonly refused: string;
  readonly because: RegExp;
  readonly allowed: string;
}

const CASES: readonly Case[] = [
  {
    at: "kernel",
    end: ".ts",
    refused: "../lib/x.ts",
    because: /innermost/,
    allowed: "./result.ts",
  },
  {
    at: "kernel/a",
    end: ".ts",
    refused: "../../lib/x.ts",
    because: /innermost/,
    allowed: "../result.ts",
  },
  { at: "kernel", end: ".ts", refused: "@/lib/x.ts", because: /innermost/, allowed: "./a/b.ts" },
  {
    at: "kernel",
    end: ".ts",
    refused: "node:fs",
    because: /innermost/,
    allowed: "@noble/hashes/sha2.js",
  },
  { at: "kernel", end: ".ts", refused: "fs", because: /innermost/, allowed: "@noble/ed25519" },
  {
    at: "kernel",
    end: ".ts",
    refused: "hash-wasm",
    because: /innermost/,
    allowed: "@noble/curves/nist.js",
  },
  {
    at: "kernel",
    end: ".test.ts",
    refused: "@/lib/x.ts",
    because: /innermost/,
    allowed: "node:fs",
  },
  {
    at: "lib/ingest",
    end: ".ts",
    refused: "@/components/x.tsx",
    because: /inward/,
    allowed: "@/kernel/x.ts",
  },
  {
    at: "lib/queries",
    end: ".ts",
    refused: "@/app/x.ts",
    because: /inward/,
    allowed: "@/lib/database/x.ts",
  },
  {
    at: "lib/queries",
    end: ".ts",
    refused: "../../app/x.ts",
    because: /inward/,
    allowed: "../sql/x.ts",
  },
  {
    at: "lib/verification",
    end: ".ts",
    refused: "@/lib/database/x.ts",
    because: /Node alike/,
    allowed: "@/lib/ingest/x.ts",
  },
  {
    at: "lib/ingest",
    end: ".ts",
    refused: "@duckdb/duckdb-wasm",
    because: /Node alike/,
    allowed: "fflate",
  },
  { at: "lib/cli", end: ".ts", refused: "react", because: /Node alone/, allowed: "node:fs" },
  {
    at: "lib/cli",
    end: ".ts",
    refused: "@/lib/session/x.ts",
    because: /Node alone/,
    allowed: "@/lib/server/x.ts",
  },
  {
    at: "lib/server",
    end: ".ts",
    refused: "next/server",
    because: /Node alone/,
    allowed: "../x.ts",
  },
  {
    at: "lib/queries",
    end: ".ts",
    refused: "@/lib/server/x.ts",
    because: /nobody else/,
    allowed: "@/lib/evaluation/x.ts",
  },
  {
    at: "lib/verification",
    end: ".ts",
    refused: "../server/x.ts",
    because: /nobody else/,
    allowed: "../evidence/x.ts",
  },
  {
    at: "components/a",
    end: ".tsx",
    refused: "@/lib/database/x.ts",
    because: /lib\/queries/,
    allowed: "@/lib/queries/x.ts",
  },
  {
    at: "components/a",
    end: ".tsx",
    refused: "@/lib/sql/x.ts",
    because: /lib\/queries/,
    allowed: "@/lib/session/x.ts",
  },
  {
    at: "components/a",
    end: ".tsx",
    refused: "@/lib/workers/x.ts",
    because: /lib\/queries/,
    allowed: "@/lib/display/x.ts",
  },
  {
    at: "components/a",
    end: ".tsx",
    refused: "../../lib/ingest/x.ts",
    because: /lib\/queries/,
    allowed: "@/lib/verification/report.ts",
  },
  {
    at: "components/a",
    end: ".tsx",
    refused: "@duckdb/duckdb-wasm",
    because: /lib\/queries/,
    allowed: "react",
  },
  {
    at: "components/a",
    end: ".tsx",
    refused: "@/app/x.tsx",
    because: /outermost/,
    allowed: "@/kernel/x.ts",
  },
  {
    at: "app/a",
    end: ".tsx",
    refused: "@/lib/database/x.ts",
    because: /thin/,
    allowed: "@/lib/queries/x.ts",
  },
  {
    at: "app/a",
    end: ".tsx",
    refused: "@/lib/workers/x.ts",
    because: /thin/,
    allowed: "@/components/x.tsx",
  },
];

const importing = (from: string) =>
  `import { thing } from "${from}";\n\nexport const other = thing;\n`;
const importingType = (from: string) =>
  `import type { Thing } from "${from}";\n\nexport type Other = Thing;\n`;

describe("imports point inward", () => {
  const planted: Record<string, string> = {};
  CASES.forEach(({ at, end, refused, allowed }, index) => {
    planted[`${at}/refused-${index}${end}`] = importing(refused);
    planted[`${at}/refused-type-${index}${end}`] = importingType(refused);
    planted[`${at}/allowed-${index}${end}`] = importing(allowed);
  });
  const complaints = lint(planted);
  const about = (path: string) => complaints.filter((complaint) => complaint.path === path);

  test.each(CASES.map((planted, index) => ({ ...planted, index })))(
    "$at may import $allowed and not $refused",
    ({ at, end, because, index }) => {
      for (const path of [`${at}/refused-${index}${end}`, `${at}/refused-type-${index}${end}`]) {
        const [first] = about(path).filter(({ rule }) => rule === "noRestrictedImports");
        expect(first?.message, path).toMatch(because);
      }
      expect(about(`${at}/allowed-${index}${end}`)).toEqual([]);
    },
  );
});
