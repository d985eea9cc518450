import type { SqliteModule } from "@/lib/ingest/expand-ports.ts";

/** The copy that this origin serves; the version is in the path, because the names carry no hash. */
const SQLITE = "/sqlite/3.54.1-build1/index.mjs";

type Init = () => Promise<SqliteModule>;

let opening: Promise<SqliteModule> | null = null;

/**
 * The official build, opened once. It is imported by address: the package starts helpers of its own by
 * addresses that it computes, which no bundler can follow.
 *
 * @throws TypeError where the address holds something else
 */
export function openSqlite(): Promise<SqliteModule> {
  opening ??= open();
  return opening;
}

async function open(): Promise<SqliteModule> {
  const address = new URL(SQLITE, self.location.origin).href;
  const module: unknown = await import(
    /* turbopackIgnore: true */ /* webpackIgnore: true */ address
  );
  if (typeof module !== "object" || module === null || !("default" in module)) {
    throw new TypeError(`${SQLITE} is no module`);
  }
  const init: unknown = module.default;
  if (!isInit(init)) {
    throw new TypeError(`${SQLITE} exports no function`);
  }
  return init();
}

function isInit(value: unknown): value is Init {
  return typeof value === "function";
}
