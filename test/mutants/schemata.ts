import type { Mutant } from "./mutant.ts";

/** The global function that says whether a mutant is the one to run. */
export const SWITCH = "__chioMutant";

interface Place {
  readonly start: number;
  readonly end: number;
  readonly shape: Mutant["shape"];
  readonly mutants: Mutant[];
  readonly inside: Place[];
}

/**
 * The file with all of its mutants in it, each behind a switch: one build then serves every mutant. Places may
 * stand inside each other, never across.
 */
export function withSwitches(source: string, mutants: readonly Mutant[]): string {
  return rendered(source, 0, source.length, nested(mutants));
}

function nested(mutants: readonly Mutant[]): readonly Place[] {
  const ordered = [...mutants].sort((a, b) => a.start - b.start || b.end - a.end || a.id - b.id);
  const outermost: Place[] = [];
  const open: Place[] = [];
  for (const mutant of ordered) {
    const { start, end, shape } = mutant;
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= start) {
      open.pop();
    }
    const last = open.at(-1);
    if (last?.start === start && last.end === end && last.shape === shape) {
      last.mutants.push(mutant);
      continue;
    }
    if (last !== undefined && last.end < end) {
      throw new Error(`mutants across each other in ${mutant.file} at line ${mutant.line}`);
    }
    const place: Place = { start, end, shape, mutants: [mutant], inside: [] };
    (last?.inside ?? outermost).push(place);
    open.push(place);
  }
  return outermost;
}

function rendered(source: string, start: number, end: number, places: readonly Place[]): string {
  let text = "";
  let at = start;
  for (const place of places) {
    text += source.slice(at, place.start);
    text += switched(place, rendered(source, place.start, place.end, place.inside));
    at = place.end;
  }
  return text + source.slice(at, end);
}

function switched({ shape, mutants }: Place, original: string): string {
  switch (shape) {
    case "expression":
      return `(${mutants.map(({ id, text }) => `${SWITCH}(${id}) ? (${text}) : `).join("")}(${original}))`;
    case "statement":
      return `if (${mutants.map(({ id }) => `${SWITCH}(${id})`).join(" || ")}) {} else ${original}`;
    case "method": {
      // A computed name leaves the receiver where it is: it must be evaluated once.
      const optional = original.startsWith("?.") ? "?." : "";
      const name = (text: string): string => `"${text.replace(/^\??\./u, "")}"`;
      const others = mutants.map(({ id, text }) => `${SWITCH}(${id}) ? ${name(text)} : `);
      return `${optional}[${others.join("")}${name(original)}]`;
    }
  }
}
