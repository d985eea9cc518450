/** Plain JSON as these tests make it: small integers only, so the platform's parser is exact enough. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonRecord = { [name: string]: Json };
export type Path = readonly (string | number)[];

export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The text as JSON, or undefined; last member wins, as in lenient readers. */
export function parse(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Sorted members, no space: an oracle's own canonical form, not the code under test's. */
export function canon(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(canon).join(",")}]`;
  }
  if (isRecord(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${JSON.stringify(name)}:${canon(value[name] ?? null)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** Every place below the root, containers included. */
export function pathsOf(value: Json, base: Path = []): Path[] {
  const paths: Path[] = base.length === 0 ? [] : [base];
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      paths.push(...pathsOf(element, [...base, index]));
    }
  } else if (isRecord(value)) {
    for (const name of Object.keys(value)) {
      paths.push(...pathsOf(value[name] ?? null, [...base, name]));
    }
  }
  return paths;
}

export function at(value: Json, path: Path): Json | undefined {
  let current: Json | undefined = value;
  for (const step of path) {
    if (Array.isArray(current) && typeof step === "number") {
      current = current[step];
    } else if (isRecord(current) && typeof step === "string") {
      current = current[step];
    } else {
      return undefined;
    }
  }
  return current;
}

/** A deep copy with the value at `path` replaced, or removed where `replacement` is undefined. */
export function withAt(value: Json, path: Path, replacement: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) {
    return replacement ?? null;
  }
  if (Array.isArray(value) && typeof step === "number") {
    return value.flatMap((element, index) => {
      if (index !== step) {
        return [element];
      }
      return rest.length === 0 && replacement === undefined
        ? []
        : [withAt(element, rest, replacement)];
    });
  }
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
        if (name !== step) {
          return [[name, inner]];
        }
        return rest.length === 0 && replacement === undefined
          ? []
          : [[name, withAt(inner, rest, replacement)]];
      }),
    );
  }
  return value;
}
