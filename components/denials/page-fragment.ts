import type { TimeSpan } from "@/components/time/time-scale.ts";
import { ALL_MASKS, type MaskName } from "@/lib/denials/mask.ts";
import { EVIDENCE, type Evidence } from "@/lib/denials/model.ts";
import {
  DEFAULT_PARTS,
  DENIAL_FACETS,
  type DenialFacet,
  PATTERN_PARTS,
  type PatternPart,
} from "@/lib/queries/denial-model.ts";
import { isToken } from "@/lib/session/link-tokens.ts";
import { PATTERN_SORTS, type PatternSort, type PatternSortColumn } from "./table/sort-patterns.ts";
import { VIEWS, type ViewName } from "./views/view-names.ts";

/** Facets whose values come out of a log: in an address they are tokens. */
export type TokenFacet = Exclude<DenialFacet, "evidence">;
export const TOKEN_FACETS: readonly TokenFacet[] = DENIAL_FACETS.filter(
  (name) => name !== "evidence",
);
export type TokenLists = Readonly<Partial<Record<TokenFacet, readonly string[]>>>;

/** What the Denials page shows, as it stands behind the `#` of its address. Values of a log are tokens. */
export interface DenialPageState {
  /** First eight hex digits of the digest of the data that the tokens are of. */
  readonly data: string | null;
  readonly time: TimeSpan | null;
  readonly include: TokenLists;
  readonly exclude: TokenLists;
  readonly evidence: readonly Evidence[];
  readonly notEvidence: readonly Evidence[];
  /** Whether claims are among what is shown; they are never among what rules count. */
  readonly claims: boolean;
  readonly parts: readonly PatternPart[];
  /** What is masked in reasons; all of {@link ALL_MASKS} unless somebody chose otherwise. */
  readonly masks: readonly MaskName[];
  /** Token of the selected pattern's key. */
  readonly pattern: string | null;
  readonly sort: PatternSort;
  readonly view: ViewName;
  /** Whether high bars are drawn at their full height. */
  readonly full: boolean;
  /** Number of the dead letter whose drawer is open. */
  readonly letter: number | null;
}

export const MOST_FIRST: PatternSort = { column: "denials", descending: true };
const MOST_VALUES = 100;
/** In place of a list of masks that is empty. */
const NO_MASK = "none";

/**
 * Reads an address' fragment, with or without `#`. A link is written by anyone: names that are not known and
 * what has not the form of a token are dropped, and what is left out is the page's usual state.
 */
export function readFragment(fragment: string): DenialPageState {
  const given = new URLSearchParams(fragment.replace(/^#/u, ""));
  const parts = (given.get("by") ?? "").split(",");
  const named = PATTERN_PARTS.filter((part) => parts.includes(part));
  const pattern = given.get("pattern");
  return {
    data: /^[0-9a-f]{8}$/u.exec(given.get("d") ?? "")?.[0] ?? null,
    time: timeOf(given.get("time")),
    include: tokenLists(given, ""),
    exclude: tokenLists(given, "not-"),
    evidence: evidenceOf(given, "evidence"),
    notEvidence: evidenceOf(given, "not-evidence"),
    claims: given.get("claims") !== "out",
    parts: named.length === 0 ? DEFAULT_PARTS : named,
    masks: masksOf(given.get("masks")),
    pattern: pattern !== null && isToken(pattern) ? pattern : null,
    sort: sortOf(given.get("sort")),
    view: VIEWS.find((name) => name === given.get("view")) ?? "patterns",
    full: given.get("height") === "full",
    letter: wholeNumber(given.get("letter")),
  };
}

/** The fragment without `#`; what is usual is left out. */
export function writeFragment(state: DenialPageState): string {
  const out = new URLSearchParams();
  if (state.data !== null && hasTokens(state)) out.set("d", state.data);
  if (state.time !== null) out.set("time", `${state.time.from}-${state.time.to}`);
  for (const name of TOKEN_FACETS) {
    for (const token of state.include[name] ?? []) out.append(name, token);
    for (const token of state.exclude[name] ?? []) out.append(`not-${name}`, token);
  }
  for (const value of state.evidence) out.append("evidence", value);
  for (const value of state.notEvidence) out.append("not-evidence", value);
  if (!state.claims) out.set("claims", "out");
  if (state.parts.join() !== DEFAULT_PARTS.join()) out.set("by", state.parts.join(","));
  if (state.masks.length < ALL_MASKS.size) out.set("masks", state.masks.join(",") || NO_MASK);
  if (state.sort.column !== MOST_FIRST.column || !state.sort.descending) {
    out.set("sort", `${state.sort.descending ? "-" : ""}${state.sort.column}`);
  }
  if (state.view !== "patterns") out.set("view", state.view);
  if (state.pattern !== null) out.set("pattern", state.pattern);
  if (state.full) out.set("height", "full");
  if (state.letter !== null) out.set("letter", String(state.letter));
  return out.toString();
}

/** Whether anything in the address means something only for the data it was made of. */
export function hasTokens(state: DenialPageState): boolean {
  return (
    state.pattern !== null ||
    Object.keys(state.include).length > 0 ||
    Object.keys(state.exclude).length > 0
  );
}

/** The state with nothing in it that belongs to other data. */
export function withoutTokens(state: DenialPageState): DenialPageState {
  return { ...state, data: null, include: {}, exclude: {}, pattern: null, letter: null };
}

function tokenLists(given: URLSearchParams, prefix: string): TokenLists {
  const lists: Partial<Record<TokenFacet, readonly string[]>> = {};
  for (const name of TOKEN_FACETS) {
    const tokens = [...new Set(given.getAll(`${prefix}${name}`))].filter(isToken);
    if (tokens.length > 0) lists[name] = tokens.slice(0, MOST_VALUES);
  }
  return lists;
}

function evidenceOf(given: URLSearchParams, name: string): readonly Evidence[] {
  const values = given.getAll(name);
  return EVIDENCE.filter((each) => values.includes(each));
}

function masksOf(text: string | null): readonly MaskName[] {
  const named = text?.split(",") ?? [...ALL_MASKS];
  return [...ALL_MASKS].filter((mask) => named.includes(mask));
}

function timeOf(text: string | null): TimeSpan | null {
  const match = /^(\d{1,15})-(\d{1,15})$/u.exec(text ?? "");
  if (match === null) return null;
  const from = Number(match[1]);
  const to = Number(match[2]);
  return to > from ? { from, to } : null;
}

function sortOf(text: string | null): PatternSort {
  if (text === null) return MOST_FIRST;
  const descending = text.startsWith("-");
  const named = text.slice(descending ? 1 : 0);
  const column: PatternSortColumn | undefined = PATTERN_SORTS.find((each) => each === named);
  return column === undefined ? MOST_FIRST : { column, descending };
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/u.test(text) ? Number(text) : null;
}
