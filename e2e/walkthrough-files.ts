import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { WalkthroughTruth } from "@/lib/demo/storm/model.ts";
import { writeWalkthrough } from "@/lib/demo/storm/testing/write-walkthrough.ts";

/** The analyst's case on disk. */
export interface Walkthrough {
  /** Receipt log, capabilities and the dumps of the dead letter topic, in three tools' forms. */
  readonly evidence: readonly string[];
  /** The same as hands drop it: the log as its folder. */
  readonly dropped: readonly string[];
  readonly log: string;
  /** The keys, to be dropped on their own. */
  readonly trust: string;
  readonly truth: WalkthroughTruth;
}

/** What the bytes depend on: another text there makes another case. */
const GENERATOR = ["kernel", "lib/demo", "lib/evidence", "lib/ingest/kafka", "lib/regex"];
const ROOT = join(import.meta.dirname, "..");
const CACHE = join(tmpdir(), "chio-walkthrough");

/**
 * The case at a scale, written once and kept under the operating system's temporary folder, by the hash of the
 * code that makes it. What other code made is removed: at scale 1 a case is some 300 MB.
 */
export async function walkthroughFiles(scale: number): Promise<Walkthrough> {
  const generator = await generatorHash();
  const folder = join(CACHE, generator, `scale-${scale}`);
  if (!existsSync(folder)) {
    await mkdir(join(CACHE, generator), { recursive: true });
    for (const other of await readdir(CACHE)) {
      if (other !== generator) await rm(join(CACHE, other), { recursive: true, force: true });
    }
    // Made beside it and moved when it is whole: a run that was stopped leaves nothing that looks complete.
    const made = await mkdtemp(join(CACHE, generator, "making-"));
    await writeWalkthrough(made, { scale });
    await rename(made, folder);
  }
  return found(folder);
}

const NOT_EVIDENCE = new Set(["chio-trust.json", "granted-capability.json", "truth.json"]);

async function found(folder: string): Promise<Walkthrough> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const evidence = entries
    .filter((entry) => entry.isFile() && !NOT_EVIDENCE.has(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  const log = join(folder, "receipt-log");
  const truth: WalkthroughTruth = JSON.parse(await readFile(join(folder, "truth.json"), "utf8"));
  return {
    evidence,
    dropped: [...evidence.filter((path) => !path.startsWith(`${log}/`)), log],
    log: join(log, "receipts.ndjson"),
    trust: join(folder, "chio-trust.json"),
    truth,
  };
}

async function generatorHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const part of GENERATOR) {
    const files = await readdir(join(ROOT, part), { recursive: true });
    for (const file of files.sort()) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
      hash.update(`${part}/${file}\n`).update(await readFile(join(ROOT, part, file)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}
