import { canonicalize } from "../json/canonicalize.ts";
import { childPointer } from "../json/pointer.ts";
import { isArray, type JsonObject, type JsonValue, member } from "../json/value.ts";
import {
  actionText,
  actorChainText,
  type Deviations,
  decisionText,
  evidenceText,
  httpVerdictText,
  terminalStateText,
} from "./closed.ts";
import type { FormMembers, MemberKind, MemberRole } from "./members.ts";

/**
 * A receipt projected onto the members that its form knows, each canonicalised once. Every text that is
 * signed, hashed or a leaf is the content with some of the other members put in their places.
 */
export interface NormalForm {
  readonly members: FormMembers;
  /** Parallel to `members.names`; null where the member is absent or left out by rule. */
  readonly texts: readonly (string | null)[];
  /** Canonical text of the members that a v1 id is the hash of. */
  readonly content: string;
  /** The members that are no content, in canonical order. */
  readonly asides: readonly Aside[];
  /** Canonical text of `action.parameters`, null without one. */
  readonly parameters: string | null;
  readonly unknown: readonly string[];
  /** Members that are present and left out because they hold the default. */
  readonly leftOut: readonly string[];
  /** The received value is not the normal form. */
  readonly differs: boolean;
}

export interface Aside {
  readonly role: MemberRole;
  /** `"name":value` with the comma that its place asks for. */
  readonly text: string;
  /** UTF-16 offset in the content at which the text is to be put in. */
  readonly at: number;
}

/** The bare, lower-case spelling of key and signature, where they could be read. */
export interface Spelling {
  readonly key: string | null;
  readonly signature: string | null;
}

export function normalForm(
  receipt: JsonObject,
  members: FormMembers,
  spelling: Spelling,
): NormalForm {
  const { names, kinds } = members;
  const texts: (string | null)[] = new Array(names.length).fill(null);
  const deviations: Deviations = { unknown: [], differs: false };
  const leftOut: string[] = [];
  let parameters: string | null = null;
  let present = 0;
  for (let position = 0; position < names.length; position += 1) {
    const name = names[position];
    const kind = kinds[position];
    if (name === undefined || kind === undefined) {
      continue;
    }
    const value = member(receipt, name);
    if (value === undefined) {
      continue;
    }
    present += 1;
    if (isLeftOut(value, kind)) {
      leftOut.push(name);
      deviations.differs ||= kind !== "hint";
      continue;
    }
    if (kind === "action") {
      const action = actionText(value, "/action", deviations);
      texts[position] = action.text;
      parameters = action.parameters;
    } else {
      texts[position] = memberText(value, kind, `/${name}`, spelling, deviations);
    }
  }
  const keys = Object.keys(receipt);
  if (keys.length !== present) {
    deviations.differs = true;
    for (const name of keys) {
      if (!members.index.has(name)) {
        deviations.unknown.push(childPointer("", name));
      }
    }
  }
  const { content, asides } = split(members, texts);
  return {
    members,
    texts,
    content,
    asides,
    parameters,
    unknown: deviations.unknown,
    leftOut,
    differs: deviations.differs,
  };
}

/**
 * Canonical text of the content and of the members of the given roles. The content is joined once and cut
 * here: slices of one text cost a fraction of joining two dozen texts again.
 */
export function joinMembers(form: NormalForm, roles: ReadonlySet<MemberRole>): string {
  const { content } = form;
  let text = "";
  let from = 0;
  for (const aside of form.asides) {
    if (roles.has(aside.role)) {
      text += content.slice(from, aside.at) + aside.text;
      from = aside.at;
    }
  }
  text += content.slice(from);
  // Without content, the comma after the last member has nothing to part it from.
  return content === EMPTY && from > 0 ? `${text.slice(0, -2)}}` : text;
}

const EMPTY = "{}";

/** A member before all content brings the comma behind it, every other one the comma before it. */
function split(
  { labels, roles }: FormMembers,
  texts: NormalForm["texts"],
): Pick<NormalForm, "content" | "asides"> {
  const asides: Aside[] = [];
  let content = "{";
  for (let position = 0; position < texts.length; position += 1) {
    const value = texts[position];
    const role = roles[position];
    if (value === null || value === undefined || role === undefined) {
      continue;
    }
    const text = labels[position] + value;
    const at = content.length;
    if (role !== "content") {
      asides.push({ role, text: at === 1 ? `${text},` : `,${text}`, at });
    } else {
      content += at === 1 ? text : `,${text}`;
    }
  }
  return { content: `${content}}`, asides };
}

/** Text of one member in normal form, null where it is absent or left out. */
export function memberOf(form: NormalForm, name: string): string | null {
  const position = form.members.index.get(name);
  return position === undefined ? null : (form.texts[position] ?? null);
}

function isLeftOut(value: JsonValue, kind: MemberKind): boolean {
  switch (kind) {
    case "optional":
      return value === null;
    case "evidence":
    case "actor-chain":
      return value === null || (isArray(value) && value.length === 0);
    case "mediated-default":
      return value === null || value === "mediated";
    case "hint":
      return value === null || value === "ed25519";
    case "decision":
      return value === null;
    case "plain":
    case "key":
    case "signature":
    case "action":
    case "terminal-state":
    case "http-verdict":
      return false;
  }
}

function memberText(
  value: JsonValue,
  kind: Exclude<MemberKind, "action">,
  pointer: string,
  spelling: Spelling,
  deviations: Deviations,
): string {
  switch (kind) {
    case "plain":
    case "optional":
    case "mediated-default":
    case "hint":
      return canonicalize(value);
    case "key":
      return spelledText(value, spelling.key, deviations);
    case "signature":
      return spelledText(value, spelling.signature, deviations);
    case "decision":
      return decisionText(value, pointer, deviations);
    case "evidence":
      return evidenceText(value, pointer, deviations);
    case "actor-chain":
      return actorChainText(value, pointer, deviations);
    case "terminal-state":
      return terminalStateText(value, pointer, deviations);
    case "http-verdict":
      return httpVerdictText(value, pointer, deviations);
  }
}

function spelledText(value: JsonValue, spelling: string | null, deviations: Deviations): string {
  if (spelling === null) {
    return canonicalize(value);
  }
  if (value !== spelling) {
    deviations.differs = true;
  }
  return canonicalize(spelling);
}
