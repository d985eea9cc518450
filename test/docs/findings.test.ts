import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FINDINGS } from "@/kernel/findings.ts";
import { renderFindings } from "../../scripts/findings-doc.mjs";

test("docs/findings.md is what kernel/findings.ts says", () => {
  const written = readFileSync(new URL("../../docs/findings.md", import.meta.url), "utf8");
  expect(written).toBe(renderFindings(FINDINGS));
});
