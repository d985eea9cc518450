/**
 * A value as it stands in SQL text that a person may run: it cannot end the literal that it stands in,
 * whatever it holds. Zero characters, which no SQL text may hold, are made by `chr(0)`; half surrogates, which
 * no column can hold, become U+FFFD as they do on the way into the database.
 */
export function sqlLiteral(value: string | number | boolean | null): string {
  if (value === null) {
    return "null";
  }
  if (typeof value === "string") {
    return textLiteral(value);
  }
  if (typeof value === "number") {
    return numberLiteral(value);
  }
  return value ? "true" : "false";
}

/** Texts as what stands after `in`. An empty list is no list in SQL: callers leave the condition out. */
export function sqlList(values: readonly string[]): string {
  return `(${values.map(textLiteral).join(", ")})`;
}

function textLiteral(text: string): string {
  const whole = text.replace(/\p{Surrogate}/gu, "\ufffd");
  const parts = whole.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(" || chr(0) || ")})`;
}

/** Whole numbers with all their digits; others as a double is written. */
function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) {
    return "null";
  }
  return Number.isInteger(value) ? BigInt(value).toString() : String(value);
}
