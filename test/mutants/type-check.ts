import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applied, type Mutant } from "./mutant.ts";

/**
 * The ids of mutants that the compiler refuses. Each is written beside its original as a file of its own, in a
 * copy of the kernel, so that one run of the compiler judges them all.
 */
export async function refusedByCompiler(
  mutants: readonly Mutant[],
  root: string,
  scratch: string,
): Promise<ReadonlySet<number>> {
  const copy = join(scratch, "types");
  mkdirSync(copy, { recursive: true });
  cpSync(join(root, "tsconfig.json"), join(copy, "tsconfig.json"));
  cpSync(join(root, "kernel"), join(copy, "kernel"), {
    recursive: true,
    filter: (path) => !path.endsWith(".test.ts"),
  });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const mutant of mutants) {
    const source = readFileSync(join(root, mutant.file), "utf8");
    const name = mutant.file.replace(/\.ts$/u, `.mutant${mutant.id}.ts`);
    writeFileSync(join(copy, name), applied(source, mutant));
  }
  const settings = {
    extends: "./kernel/tsconfig.json",
    compilerOptions: { noEmit: true, incremental: false, ...LENIENT },
    include: ["kernel/**/*.ts"],
    exclude: ["kernel/testing"],
  };
  writeFileSync(join(copy, "mutants.json"), JSON.stringify(settings));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const text = await outputOf([compiler, "-p", "mutants.json", "--pretty", "false"], copy);
  const refused = new Set<number>();
  for (const [, id] of text.matchAll(/\.mutant(\d+)\.ts\(\d+,\d+\): error/gu)) {
    refused.add(Number(id));
  }
  return refused;
}

/** What a mutant leaves unused or unreachable is for a test to notice, not for the compiler. */
const LENIENT = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
} as const;

function outputOf(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    const parts: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => parts.push(part));
    child.on("error", reject);
    child.on("close", () => resolve(Buffer.concat(parts).toString("utf8")));
  });
}
