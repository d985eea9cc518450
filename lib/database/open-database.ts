import { AsyncDuckDB, VoidLogger } from "@duckdb/duckdb-wasm";
import { Database } from "./database.ts";

/** The copy that this origin serves; the version is in the path, because the names carry no hash. */
const BUNDLE = "/duckdb/1.32.0";

/**
 * Opens the engine in its worker. Both files come from this origin; from then on nothing is fetched.
 *
 * @throws Error when a file is absent or WebAssembly is refused
 */
export async function openDatabase(): Promise<Database> {
  const worker = new Worker(`${BUNDLE}/duckdb-browser-eh.worker.js`);
  const engine = new AsyncDuckDB(new VoidLogger(), worker);
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener("error", (event) => reject(new Error(event.message)), { once: true });
  });
  await Promise.race([engine.instantiate(`${BUNDLE}/duckdb-eh.wasm`), failed]);
  // Never streamed to a file: everything is in memory and goes with the page.
  await engine.open({ path: ":memory:" });
  const database = await Promise.race([Database.lay(engine), failed]);
  // The binding forgets whoever waits when its worker dies; the database tells them.
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    database.bury(event.message);
  });
  return database;
}
