import { Listeners } from "./listeners.ts";

/** A field of a payload that a person asked to see. Only where it is: never what it says. */
export interface UnmaskedField {
  readonly file: string;
  /** Number of the dead letter in the database. */
  readonly record: number;
  /** RFC 6901 pointer inside the payload, "" for all of it. */
  readonly pointer: string;
  /** Unix milliseconds. */
  readonly time: number;
}

let fields: readonly UnmaskedField[] = [];
const listeners = new Listeners();

/** Notes that a field was shown, once for each: the report lists what was seen. */
export function noteUnmasked(field: Omit<UnmaskedField, "time">, now = Date.now()): void {
  if (isUnmasked(field)) return;
  fields = [...fields, { ...field, time: now }];
  listeners.tell();
}

/** Whether the field was asked for already. */
export function isUnmasked(field: Omit<UnmaskedField, "time">): boolean {
  return fields.some(
    ({ file, record, pointer }) =>
      file === field.file && record === field.record && pointer === field.pointer,
  );
}

/** Every field that was shown, in the order in which they were; the same list until one more is. */
export function unmaskedFields(): readonly UnmaskedField[] {
  return fields;
}

/** Forgets the list, together with the data that it is about. */
export function forgetUnmasked(): void {
  fields = [];
  listeners.tell();
}

/** Calls back at each change; returns how to stop. */
export const onUnmasked = listeners.subscribe;
