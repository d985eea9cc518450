import type { Database } from "@/lib/database/database.ts";

/** Opens the database when it is first needed, and anew when its engine died. */
export class DatabaseKeeper {
  readonly #onDeath: (reason: string) => void;
  #opening: Promise<Database> | null = null;

  constructor(onDeath: (reason: string) => void) {
    this.#onDeath = onDeath;
  }

  /** @throws Error when the engine cannot be opened; the next call tries again */
  open(): Promise<Database> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<Database> {
    try {
      // Apart from the first load: the engine's client is larger than the page that asks for it.
      const { openDatabase } = await import("@/lib/database/open-database.ts");
      // One that dies while it opens is tried once more: rows are waiting for it.
      const database = await openDatabase().catch(() => openDatabase());
      this.#watch(database);
      return database;
    } catch (error) {
      this.#opening = null;
      throw error;
    }
  }

  #watch(database: Database): void {
    database.death().then(
      (death) => {
        this.#opening = null;
        this.#onDeath(death.message);
      },
      () => undefined,
    );
  }
}
