import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

export interface Complaint {
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

/**
 * Lints a small tree under the project's own rules, in one run. The tree stands in a temporary folder
 * with a copy of `biome.json`, because the rules go by the place of a file.
 * @throws when Biome did not look at every file: silence would read as consent
 */
export function lint(files: Readonly<Record<string, string>>): readonly Complaint[] {
  const home = mkdtempSync(join(tmpdir(), "planted-"));
  try {
    for (const [path, text] of Object.entries(files)) write(home, path, text);
    write(home, "biome.json", readFileSync(join(ROOT, "biome.json"), "utf8"));
    const done = spawnSync(
      process.execPath,
      [
        join(ROOT, "node_modules/@biomejs/biome/bin/biome"),
        "lint",
        "--vcs-enabled=false",
        "--reporter=json",
        "--max-diagnostics=none",
        ".",
      ],
      { cwd: home, encoding: "utf8" },
    );
    return readComplaints(done.stdout, Object.keys(files).length);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function readComplaints(json: string, files: number): readonly Complaint[] {
  // The reporter's output is ours by version: Biome is pinned to it exactly.
  const report = JSON.parse(json) as {
    readonly summary: { readonly changed: number; readonly unchanged: number };
    readonly diagnostics: readonly {
      readonly category: string;
      readonly message: string;
      readonly location: { readonly path: string };
    }[];
  };
  const seen = report.summary.changed + report.summary.unchanged;
  if (seen < files) throw new Error(`Biome looked at ${seen} of ${files} files`);
  return report.diagnostics.map(({ category, message, location }) => ({
    path: location.path,
    rule: category.split("/").at(-1) ?? category,
    message,
  }));
}

/**
 * Type-checks a small tree under a project's own settings. The tree stands in the ignored folder
 * `.chio/`, as deep as the real one, and is removed again.
 * @param settings the project whose settings apply: `kernel` or `lib/workers`
 * @returns the compiler's lines; none when it accepts
 */
export function typeCheck(
  settings: string,
  files: Readonly<Record<string, string>>,
): readonly string[] {
  const home = join(ROOT, ".chio/planted", settings.replace("/", "-"));
  rmSync(home, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) write(home, path, text);
  const project = {
    extends: join(ROOT, settings, "tsconfig.json"),
    compilerOptions: { rootDir: "." },
    include: ["**/*.ts"],
    exclude: [],
  };
  const folder = join(home, settings);
  write(folder, "tsconfig.json", JSON.stringify(project));
  const done = spawnSync(
    process.execPath,
    [join(ROOT, "node_modules/typescript/bin/tsc"), "--noEmit", "--pretty", "false", "-p", folder],
    { cwd: folder, encoding: "utf8" },
  );
  rmSync(home, { recursive: true, force: true });
  const lines = done.stdout.split("\n").filter((line) => /error TS\d+/.test(line));
  return done.status === 0 ? [] : lines.length > 0 ? lines : [done.stderr];
}

function write(home: string, path: string, text: string): void {
  const target = join(home, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
