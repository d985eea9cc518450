import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import { Storm } from "@/lib/demo/storm/storm.ts";
import { signedStorm } from "@/lib/demo/storm/storm-files.ts";
import { ExportStream } from "@/lib/demo/storm/write-export.ts";
import { webSign } from "@/lib/demo/web-sign.ts";

/** A storm's files, and what was counted while they were made. */
export interface StormLog {
  readonly paths: readonly string[];
  readonly bytes: number;
  readonly facts: StormFacts;
}

export interface StormFacts {
  readonly deadLetters: number;
  readonly receipts: number;
  /** Calls that were refused; those without a receipt are claims. */
  readonly denials: number;
  readonly claims: number;
  readonly patterns: number;
}

/** Part of the cached folder's name: to be raised when what is written below changes. */
const VERSION = 1;
const SEED = 15;
const BYTES_OF_A_ROW = 2_400;
/** The log's own texts, one after the other in few large writes. */
const CHUNK = 4 * 1024 * 1024;

/**
 * A seeded storm of `rows` dead letters in every shape, half of them by kcat and half in our own form, and the
 * signed log of those calls that have a receipt. Kept in the temporary directory for the next run.
 */
export async function stormLog(rows: number): Promise<StormLog> {
  const folder = join(tmpdir(), `chio-bench-storm-v${VERSION}-${rows}`);
  const factsPath = join(folder, "facts.json");
  if (!existsSync(factsPath)) {
    requireRoom(rows * BYTES_OF_A_ROW);
    process.stderr.write(`Making ${folder}…\n`);
    const part = `${folder}.${process.pid}.part`;
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part);
    const facts = await write(rows, part);
    writeFileSync(join(part, "facts.json"), JSON.stringify(facts));
    rmSync(folder, { recursive: true, force: true });
    renameSync(part, folder);
  }
  const { names, ...facts }: StormFacts & { readonly names: readonly string[] } = JSON.parse(
    readFileSync(factsPath, "utf8"),
  );
  const paths = names.map((name) => join(folder, name));
  const bytes = paths.reduce((sum, path) => sum + statSync(path).size, 0);
  return { paths, bytes, facts };
}

async function write(rows: number, folder: string) {
  const { primitives } = nodePlatform();
  const storm = new Storm({ seed: SEED, rows, mode: "signed" }, primitives);
  const files = new Files(folder);
  const streams = [new ExportStream("kcat-json"), new ExportStream("chio-lossless")];
  for await (const part of signedStorm(storm, { primitives, sign: await webSign() })) {
    if (part.kind === "text") {
      files.add(part.path, part.text);
      continue;
    }
    for (const [index, stream] of streams.entries()) {
      const half = part.letters.filter(({ partition }) => (partition ?? 0) % 2 === index);
      for (const { path, text } of stream.write(half)) {
        files.add(path, text);
      }
    }
  }
  for (const stream of streams) {
    for (const { path, text } of stream.end()) {
      files.add(path, text);
    }
  }
  const names = files.end();
  const truth = storm.truth();
  const { deadLetters, receipts, denials, claims, patterns } = truth;
  return { deadLetters, receipts, denials, claims, patterns: patterns.length, names };
}

/** Files that grow side by side; a folder in a name becomes part of the file's. */
class Files {
  readonly #folder: string;
  readonly #open = new Map<string, { readonly file: number; texts: string[]; length: number }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  add(path: string, text: string): void {
    const name = path.replaceAll("/", "-");
    let open = this.#open.get(name);
    if (open === undefined) {
      open = { file: openSync(join(this.#folder, name), "w"), texts: [], length: 0 };
      this.#open.set(name, open);
    }
    open.texts.push(text);
    open.length += text.length;
    if (open.length > CHUNK) {
      writeSync(open.file, open.texts.join(""));
      open.texts = [];
      open.length = 0;
    }
  }

  end(): readonly string[] {
    for (const { file, texts } of this.#open.values()) {
      writeSync(file, texts.join(""));
      closeSync(file);
    }
    return [...this.#open.keys()];
  }
}

function requireRoom(bytes: number): void {
  const { bavail, bsize } = statfsSync(tmpdir());
  if (bavail * bsize < bytes * 2) {
    throw new Error(`${tmpdir()} has no room for a storm of about ${bytes} octets`);
  }
}
