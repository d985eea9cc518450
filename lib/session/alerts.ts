import type { Alert, Rule } from "@/lib/rules/model.ts";
import { currentSession } from "./current.ts";
import { Listeners } from "./listeners.ts";
import { currentRules } from "./rule-store.ts";

/** What the enabled rules found in the loaded data, and since when that is so. */
export interface AlertsState {
  readonly alerts: readonly Alert[];
  /** Of each enabled rule, by its id. */
  readonly fired: ReadonlyMap<string, { readonly fired: number; readonly held: number }>;
  /** Firings of all enabled rules together. */
  readonly total: number;
  readonly isAsking: boolean;
  /** Why the rules could not be evaluated; null where they could. */
  readonly problem: string | null;
}

export const NO_ALERTS: AlertsState = {
  alerts: [],
  fired: new Map(),
  total: 0,
  isAsking: false,
  problem: null,
};

/** What {@link AlertDesk} needs of the page around it. */
export interface AlertPorts {
  /** Changes whenever the data does; null while nothing is concluded. */
  readonly revision: () => number | null;
  readonly rules: () => readonly Rule[];
  readonly evaluate: (rules: readonly Rule[]) => Promise<{
    readonly alerts: readonly Alert[];
    readonly fired: Readonly<Record<string, { readonly fired: number; readonly held: number }>>;
  }>;
  /** Puts the alerts into the database, for its view of them. */
  readonly keep: (alerts: readonly Alert[], rules: readonly Rule[]) => Promise<void>;
}

/**
 * Evaluates the enabled rules whenever data or rules change: one question at a time, and once more where
 * something changed meanwhile. What was found stays until the next answer.
 */
export class AlertDesk {
  readonly #ports: AlertPorts;
  readonly #listeners = new Listeners();
  #state = NO_ALERTS;
  #revision: number | null = null;
  #rules: readonly Rule[] | null = null;

  constructor(ports: AlertPorts) {
    this.#ports = ports;
  }

  readonly snapshot = (): AlertsState => this.#state;

  readonly subscribe = this.#listeners.subscribe;

  /** To be called when data or rules may have changed; does nothing where neither did. */
  refresh(): void {
    if (!this.#state.isAsking && this.#isChanged()) {
      void this.#ask();
    }
  }

  #isChanged(): boolean {
    return this.#ports.revision() !== this.#revision || this.#ports.rules() !== this.#rules;
  }

  async #ask(): Promise<void> {
    const revision = this.#ports.revision();
    const rules = this.#ports.rules();
    this.#revision = revision;
    this.#rules = rules;
    const enabled = rules.filter(({ isEnabled }) => isEnabled);
    if (revision === null || enabled.length === 0) {
      const hadAlerts = this.#state.alerts.length > 0;
      this.#show(NO_ALERTS);
      if (hadAlerts && revision !== null) await this.#ports.keep([], []).catch(() => undefined);
      return;
    }
    this.#show({ ...this.#state, isAsking: true });
    try {
      const { alerts, fired } = await this.#ports.evaluate(enabled);
      await this.#ports.keep(alerts, enabled);
      const counts = new Map(Object.entries(fired));
      const total = [...counts.values()].reduce((sum, each) => sum + each.fired, 0);
      this.#show({ alerts, fired: counts, total, isAsking: false, problem: null });
    } catch (error) {
      this.#show({ ...NO_ALERTS, problem: error instanceof Error ? error.message : String(error) });
    }
    this.refresh();
  }

  #show(state: AlertsState): void {
    this.#state = state;
    this.#listeners.tell();
  }
}

/** Apart from the first load: it brings the database's format with it. */
const loadWriter = () => import("@/lib/database/alert-batch.ts");

/** Fetches what alerts need later, so that nothing is fetched then. */
export async function warmAlerts(): Promise<void> {
  await loadWriter();
}

let current: AlertDesk | null = null;

/** The one alert desk of this page; it begins to follow session and rules when it is first asked for. */
export function currentAlerts(): AlertDesk {
  if (current === null) {
    const session = currentSession();
    const rules = currentRules();
    const desk = new AlertDesk({
      revision: () => {
        const { phase, revision } = session.snapshot();
        return phase === "done" || phase === "stopped" ? revision : null;
      },
      rules: rules.snapshot,
      evaluate: (enabled) => session.rules("evaluate", enabled),
      keep: async (alerts, enabled) => {
        const { writeAlerts } = await loadWriter();
        const names = new Map(enabled.map(({ id, name }) => [id, name]));
        await writeAlerts(
          await session.database(),
          alerts.map((alert) => ({ alert, name: names.get(alert.rule) ?? "" })),
        );
      },
    });
    session.subscribe(() => desk.refresh());
    rules.subscribe(() => desk.refresh());
    current = desk;
  }
  return current;
}
