import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import type { Connection } from "@/lib/database/engine.ts";
import { nodeEngine } from "@/lib/database/testing/node-engine.ts";

const folder = new URL(".", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
const LAID = [
  "lock-down.sql",
  "schema.sql",
  "conclusion-tables.sql",
  "macros.sql",
  "views.sql",
  "denial-views.sql",
];
/** What is no single statement: it runs below. */
const MANY = ["clear.sql", "index-denials.sql"];

describe("the statements", () => {
  let connection: Connection;
  beforeAll(async () => {
    const engine = await nodeEngine();
    await Database.lay(engine);
    connection = await engine.connect();
    for (const name of files.filter((file) => file.startsWith("set-") && file !== "set-bin.sql")) {
      const text = readFileSync(new URL(name, folder), "utf8");
      const count = new Set(text.match(/\$\d+/g)).size;
      const statement = await connection.prepare(text);
      await statement.query(...Array.from({ length: count }, () => null));
    }
    await connection.query("set variable bin = 60::ubigint");
  });

  it.each(files.filter((name) => ![...LAID, ...MANY].includes(name)))(
    "%s is understood by the engine and fits the schema",
    async (name) => {
      const statement = await connection.prepare(readFileSync(new URL(name, folder), "utf8"));
      await statement.close();
    },
  );

  it("takes nothing back that the lock-down decided, and fetches nothing", async () => {
    await expect(connection.query("set enable_external_access = true")).rejects.toThrow();
    await expect(connection.query("load json")).rejects.toThrow();
    await expect(connection.query("select * from read_csv('/etc/passwd')")).rejects.toThrow();
  });

  it("indexes, and clears", async () => {
    for (const name of ["index-denials.sql", "clear.sql"]) {
      await connection.query(readFileSync(new URL(name, folder), "utf8"));
    }
  });
});
