// node scripts/findings-doc.mjs: writes docs/findings.md from the table in kernel/findings.ts.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { root } from "./setup.mjs";

const FAMILIES = {
  SIG: "Signatures",
  HSH: "Hashes",
  KEY: "Keys and trust",
  INC: "Inclusion",
  CKP: "Checkpoints",
  EQV: "Equivocation",
  SEQ: "Sequence and identity",
  LNK: "Links between records",
  MAN: "Manifests",
  FMT: "Formats",
  DLQ: "Dead letters",
  LIM: "Limits",
};

const GROUPS = {
  here: "here, does not fit",
  absent: "not here",
  note: "note",
};

/** The page as text. A family without a title is an error: the table has outgrown this list. */
export function renderFindings(findings) {
  const lines = [
    "# Findings",
    "",
    "Generated from `kernel/findings.ts` by `node scripts/findings-doc.mjs`; a test fails when the two differ.",
    "",
    "An **error** makes the dataset one that does not verify. A **warning** leaves the verdict as it is, but",
    "may make an answer one that cannot be told. An **info** is worth knowing. The group says whether something",
    "that is present does not fit, or something is absent; the headline counts only the first.",
  ];
  let family = "";
  for (const [code, { severity, group, meaning }] of Object.entries(findings)) {
    const next = code.slice(0, 3);
    if (next !== family) {
      family = next;
      const title = FAMILIES[family];
      if (title === undefined) throw new Error(`The family ${family} has no title.`);
      lines.push(
        "",
        `## ${family}: ${title}`,
        "",
        "| Code | Severity | Group | Meaning |",
        "|---|---|---|---|",
      );
    }
    lines.push(`| ${code} | ${severity} | ${GROUPS[group]} | ${meaning.replaceAll("|", "\\|")} |`);
  }
  return `${lines.join("\n")}\n`;
}

if (process.argv[1] === join(root, "scripts/findings-doc.mjs")) {
  const { FINDINGS } = await import(
    pathToFileURL(await bundle("kernel/findings.ts", "findings")).href
  );
  writeFileSync(join(root, "docs/findings.md"), renderFindings(FINDINGS));
}
