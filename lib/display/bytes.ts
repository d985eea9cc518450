const UNITS = ["KB", "MB", "GB", "TB"] as const;

/** Octets as a person reads them, in powers of 1,000: `0 bytes`, `1 KB`, `6.8 MB`, `118 MB`. */
export function formatBytes(octets: number): string {
  if (octets === 1) return "1 byte";
  if (octets < 1000) return `${Math.max(0, Math.round(octets))} bytes`;
  let value = octets;
  let unit: string = UNITS[0];
  for (const name of UNITS) {
    unit = name;
    value /= 1000;
    if (value < 999.5) break;
  }
  return `${value < 9.95 ? trimZero(value.toFixed(1)) : Math.round(value)} ${unit}`;
}

function trimZero(text: string): string {
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}
