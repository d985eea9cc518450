import type { Alert } from "@/lib/rules/model.ts";
import { float64Column, int32Column, ipcStream, textColumn, uint64Column } from "./arrow-column.ts";
import type { Database } from "./database.ts";

/** Stands for no number; no Unix time and no count of a page's memory reaches it. */
const NONE = 0xffff_ffff_ffff_ffffn;

/** An alert beside the name of the rule that fired, as the view `alerts` shows it. */
export interface NamedAlert {
  readonly alert: Alert;
  readonly name: string;
}

/**
 * Alerts as an Arrow stream for the table `alert`, numbered from 1 in the order given; null where there are
 * none. Columns: alert, rule, name, severity, fired_at and since (Unix seconds), grouped_by
 * (`agent=x, scope=y`), measure, threshold, events, held, held_until.
 */
export function alertStream(alerts: readonly NamedAlert[]): Uint8Array | null {
  if (alerts.length === 0) {
    return null;
  }
  const texts = (of: (each: NamedAlert) => string) => textColumn(alerts.map(of));
  const seconds = (of: (alert: Alert) => number) =>
    uint64Column(
      BigUint64Array.from(alerts, ({ alert }) => wholeSecond(of(alert))),
      NONE,
    );
  return ipcStream(alerts.length, [
    ["alert", int32Column(Int32Array.from(alerts, (_, index) => index + 1))],
    ["rule", texts(({ alert }) => alert.rule)],
    ["name", texts(({ name }) => name)],
    ["severity", texts(({ alert }) => alert.severity)],
    ["fired_at", seconds(({ at }) => at)],
    ["since", seconds(({ since }) => since)],
    ["grouped_by", texts(({ alert }) => groupText(alert.group))],
    ["measure", float64Column(Float64Array.from(alerts, ({ alert }) => alert.measure))],
    ["threshold", float64Column(Float64Array.from(alerts, ({ alert }) => alert.threshold))],
    ["events", int32Column(Int32Array.from(alerts, ({ alert }) => alert.events))],
    ["held", int32Column(Int32Array.from(alerts, ({ alert }) => alert.held))],
    ["held_until", seconds(({ heldUntil }) => heldUntil)],
  ]);
}

function groupText(group: Alert["group"]): string {
  return group.map(({ field, value }) => `${field}=${value}`).join(", ");
}

function wholeSecond(second: number): bigint {
  return Number.isFinite(second) && second >= 0 ? BigInt(Math.floor(second)) : NONE;
}

/** Makes these the alerts of the database, in place of those before. */
export async function writeAlerts(
  database: Database,
  alerts: readonly NamedAlert[],
): Promise<void> {
  await database.writer.replaceAlerts(alertStream(alerts));
}
