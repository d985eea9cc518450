// Copies the engines that the page starts by address into public/, each under its version.
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./setup.mjs";

const ENGINES = [
  {
    name: "@duckdb/duckdb-wasm",
    folder: "duckdb",
    files: ["dist/duckdb-eh.wasm", "dist/duckdb-browser-eh.worker.js"],
  },
  {
    name: "@sqlite.org/sqlite-wasm",
    folder: "sqlite",
    files: ["dist/index.mjs", "dist/sqlite3.wasm"],
  },
];

export function copyAssets() {
  for (const { name, folder, files } of ENGINES) {
    const home = join(root, "node_modules", name);
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    const target = join(root, "public", folder, version);
    mkdirSync(target, { recursive: true });
    for (const file of files) {
      const from = join(home, file);
      const to = join(target, basename(file));
      if (existsSync(to) && statSync(to).size === statSync(from).size) continue;
      copyFileSync(from, to);
    }
  }
}
