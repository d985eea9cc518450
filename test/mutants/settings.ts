import { readdirSync } from "node:fs";
import { join } from "node:path";

export interface MutateSettings {
  readonly count: number;
  readonly seed: number;
  readonly jobs: number;
  /** Beginnings of the paths to mutate; empty is everything. */
  readonly only: readonly string[];
  /** Writes docs/mutants.md. */
  readonly record: boolean;
}

export const USAGE = `usage: npm run mutate -- [--count N | --all] [--seed N] [--jobs N] [--only PATH,...] [--record]

  --count   how many mutants to draw (${"480"} unless told)
  --all     every mutant
  --only    beginnings of paths, such as kernel/guards/host.ts
  --record  writes the result to docs/mutants.md
`;
const NUMBERS = ["--count", "--seed", "--jobs"];

/** Throws a sentence for a word that it does not know. */
export function settingsFrom(words: readonly string[]): MutateSettings {
  const numbers = new Map<string, number>();
  let only: readonly string[] = [];
  const flags = new Set<string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const next = words[index + 1] ?? "";
    if (NUMBERS.includes(word)) {
      if (!/^[0-9]{1,9}$/u.test(next)) {
        throw new RangeError(`${word} needs a number`);
      }
      numbers.set(word, Number(next));
      index += 1;
    } else if (word === "--only") {
      only = next.split(",");
      index += 1;
    } else if (word === "--all" || word === "--record") {
      flags.add(word);
    } else {
      throw new RangeError(`unknown option ${word}`);
    }
  }
  return {
    count: flags.has("--all") ? Number.MAX_SAFE_INTEGER : (numbers.get("--count") ?? 480),
    seed: numbers.get("--seed") ?? 20_261_122,
    jobs: numbers.get("--jobs") ?? 2,
    only,
    record: flags.has("--record"),
  };
}

const ROOMS = ["capability", "guards", "economics", "evaluation", "policy"];

/** The code that decides: every file of the rooms, and the judgement itself. */
export function mutatedFiles(root: string): readonly string[] {
  const inRooms = ROOMS.flatMap((room) => filesUnder(root, `kernel/${room}`));
  return ["kernel/evaluate.ts", ...inRooms].filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.includes("/testing/"),
  );
}

/** The tests that have to notice: those of the kernel alone, not those of the shells around it. */
export function kernelTests(root: string): readonly string[] {
  const all = filesUnder(root, "kernel");
  return all.filter((path) => path.endsWith(".test.ts"));
}

function filesUnder(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}
