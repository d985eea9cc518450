import { formatDateTime } from "@/lib/display/time.ts";

/** Unix seconds as the value of a `datetime-local` field, in UTC; "" where no such field can hold them. */
export function secondsField(seconds: number): string {
  const text = formatDateTime(seconds).replace(" ", "T");
  return /^\d{4}-/u.test(text) ? text : "";
}

/** The field's value, read as UTC, in Unix seconds; null while it is empty or not complete. */
export function fieldSeconds(value: string): number | null {
  if (value === "") return null;
  const milliseconds = Date.parse(`${value}Z`);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}
