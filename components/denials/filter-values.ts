import { EVIDENCE } from "@/lib/denials/model.ts";
import { DENIAL_FACETS, type DenialFacet, type DenialFilter } from "@/lib/queries/denial-model.ts";
import { type LinkTokens, valueOfToken } from "@/lib/session/link-tokens.ts";
import {
  type DenialPageState,
  TOKEN_FACETS,
  type TokenFacet,
  type TokenLists,
} from "./page-fragment.ts";

/** The filter that an address asks for, and the tokens in it that nothing known stands for. */
export interface ReadFilter {
  readonly filter: DenialFilter;
  readonly unknown: readonly { readonly name: TokenFacet; readonly token: string }[];
}

/** Turns the tokens of an address back into values, as far as this page knows them. */
export function filterOf(state: DenialPageState): ReadFilter {
  const unknown: { name: TokenFacet; token: string }[] = [];
  const lists = (tokens: TokenLists): Partial<Record<DenialFacet, readonly string[]>> => {
    const values: Partial<Record<DenialFacet, readonly string[]>> = {};
    for (const name of TOKEN_FACETS) {
      const found = (tokens[name] ?? []).flatMap((token) => {
        const value = valueOfToken(name, token);
        if (value === null) unknown.push({ name, token });
        return value === null ? [] : [value];
      });
      if (found.length > 0) values[name] = found;
    }
    return values;
  };
  const include = lists(state.include);
  const exclude = lists(state.exclude);
  if (state.evidence.length > 0) include.evidence = state.evidence;
  if (state.notEvidence.length > 0) exclude.evidence = state.notEvidence;
  const { time, claims } = state;
  return { filter: { time, include, exclude, text: "", claims }, unknown };
}

/** What an address holds for a filter: the parts of a state that {@link filterOf} reads. */
export function stateOfFilter(filter: DenialFilter, tokens: LinkTokens): Partial<DenialPageState> {
  const lists = (values: DenialFilter["include"]): TokenLists => {
    const out: Partial<Record<TokenFacet, readonly string[]>> = {};
    for (const name of TOKEN_FACETS) {
      const given = values[name] ?? [];
      if (given.length > 0) out[name] = given.map((value) => tokens.token(name, value));
    }
    return out;
  };
  return {
    time: filter.time,
    include: lists(filter.include),
    exclude: lists(filter.exclude),
    evidence: EVIDENCE.filter((each) => filter.include.evidence?.includes(each) ?? false),
    notEvidence: EVIDENCE.filter((each) => filter.exclude.evidence?.includes(each) ?? false),
    claims: filter.claims,
  };
}

export type FilterMode = "include" | "exclude";

/** One removable part of a filter, as its chip. */
export type FilterPart =
  | { readonly kind: "time"; readonly from: number; readonly to: number }
  | { readonly kind: FilterMode; readonly name: DenialFacet; readonly value: string };

/** The parts in a fixed order: time, then facet by facet. */
export function filterParts(filter: DenialFilter): readonly FilterPart[] {
  const parts: FilterPart[] = [];
  if (filter.time !== null) parts.push({ kind: "time", ...filter.time });
  for (const name of DENIAL_FACETS) {
    for (const value of filter.include[name] ?? []) parts.push({ kind: "include", name, value });
    for (const value of filter.exclude[name] ?? []) parts.push({ kind: "exclude", name, value });
  }
  return parts;
}

export function withoutPart(filter: DenialFilter, part: FilterPart): DenialFilter {
  return part.kind === "time"
    ? { ...filter, time: null }
    : { ...filter, [part.kind]: dropped(filter[part.kind], part.name, part.value) };
}

/** Keeps (or leaves out) what has the value, or takes that back; the opposite of it ends. */
export function toggled(
  filter: DenialFilter,
  mode: FilterMode,
  name: DenialFacet,
  value: string,
): DenialFilter {
  const other = mode === "include" ? "exclude" : "include";
  const present = filter[mode][name] ?? [];
  const next = present.includes(value)
    ? dropped(filter[mode], name, value)
    : { ...filter[mode], [name]: [...present, value] };
  return { ...filter, [mode]: next, [other]: dropped(filter[other], name, value) };
}

/** Lists that become empty disappear, so that equal filters are equal objects and equal links. */
function dropped(
  lists: DenialFilter["include"],
  name: DenialFacet,
  value: string,
): DenialFilter["include"] {
  const rest = (lists[name] ?? []).filter((each) => each !== value);
  const next: Partial<Record<DenialFacet, readonly string[]>> = { ...lists };
  delete next[name];
  return rest.length === 0 ? next : { ...next, [name]: rest };
}
