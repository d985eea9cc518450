import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

/** As the bundler does: a statement's file is its text. */
const sqlText: Plugin = {
  name: "sql-text",
  transform: (code, id) => (id.endsWith(".sql") ? `export default ${JSON.stringify(code)};` : null),
};

export default defineConfig({
  plugins: [sqlText],
  resolve: { alias: [{ find: /^@\//, replacement: root }] },
  test: {
    environment: "node",
    include: ["{app,bench,components,kernel,lib,scripts,test}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", ".next/**", ".chio/**"],
    // Two workers: the suite shares the machine with a browser and, in CI, with nothing else.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
