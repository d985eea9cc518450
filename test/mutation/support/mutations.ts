import type { Random } from "@/lib/demo/random.ts";
import { type Artifact, type FileOfLines, type Line, lineAt, withLine } from "./artifact.ts";
import { at, canon, isRecord, type Json, type Path, parse, pathsOf, withAt } from "./json.ts";
import { type Role, signedView } from "./oracle.ts";
import { hashJson, signContentAddressed, signPlain, testKey, without } from "./signing.ts";

export const KINDS = [
  "flip a value",
  "flip a byte",
  "delete a member",
  "delete a line",
  "duplicate a key",
  "duplicate a line",
  "reorder an array",
  "retype a value",
  "swap signatures",
  "sign with another key",
  "cut a file",
  "remove a checkpoint",
  "neutral: white space",
  "neutral: member order",
  "neutral: line order",
  "neutral: defaults",
  "neutral: CRLF or BOM",
  "neutral: spelling",
] as const;
export type Kind = (typeof KINDS)[number];

/**
 * What the mutation did, known because it was done: `neutral` left every signed content as it was;
 * `altered` changed one that is still there; `ambiguous` made one readable in two ways; `lost` made a
 * record unreadable; `removed` took whole records out, `removed-inside` a checkpoint between two others with all
 * that it covers; `resigned` put another signer's in. `free` did what no promise is made of but that
 * nothing throws: took out what nothing signed, or wrote a hash in capitals.
 */
export type Effect =
  | "neutral"
  | "altered"
  | "ambiguous"
  | "lost"
  | "removed"
  | "removed-inside"
  | "resigned"
  | "free";

export interface Mutated {
  readonly files: readonly FileOfLines[];
  readonly effect: Effect;
  readonly what: string;
}

/** Applies one mutation of that kind, or null where this draw had nothing to act on. */
export function mutate(kind: Kind, artifact: Artifact, random: Random): Mutated | null {
  const place = artifact.focus[random.below(artifact.focus.length)];
  if (place === undefined) {
    return null;
  }
  const line = lineAt(artifact, place);
  const replaceText = (text: string, effect: Effect, what: string): Mutated => ({
    files: withLine(artifact.files, place, { ...line, text }),
    effect,
    what,
  });
  const value = parse(line.text);
  if (value === undefined) {
    return null;
  }
  const judged = (changed: Json, what: string): Mutated | null => {
    const text = JSON.stringify(changed);
    return text === line.text ? null : replaceText(text, compare(line.role, value, changed), what);
  };
  const paths = pathsOf(value);
  const path = paths[random.below(paths.length)] ?? [];
  const old = at(value, path) ?? null;
  switch (kind) {
    case "flip a value": {
      const flipped = flip(old, random);
      return flipped === undefined
        ? null
        : judged(withAt(value, path, flipped), `flip ${path.join("/")}`);
    }
    case "flip a byte": {
      const index = random.below(line.text.length);
      const code = line.text.charCodeAt(index) ^ (1 << random.below(7));
      const text =
        line.text.slice(0, index) + String.fromCharCode(code) + line.text.slice(index + 1);
      if (code > 127 || code === 10 || code === 13) {
        return null;
      }
      const changed = parse(text);
      const effect = changed === undefined ? "lost" : compare(line.role, value, changed);
      return replaceText(text, hasDuplicate(text) ? "ambiguous" : effect, `byte ${index}`);
    }
    case "delete a member":
      return judged(withAt(value, path, undefined), `delete ${path.join("/")}`);
    case "delete a line":
      return {
        files: withLine(artifact.files, place, null),
        effect: "removed",
        what: `line ${place.line + 1}`,
      };
    case "duplicate a key": {
      const name = Object.keys(isRecord(value) ? value : {})[random.below(8)];
      const rewritten = artifact.name === "store" && line.role === "checkpoint";
      if (name === undefined || !isRecord(value) || rewritten) {
        return null;
      }
      const twin = `{${JSON.stringify(name)}:${JSON.stringify(random.once(2) ? value[name] : "other")},`;
      return replaceText(
        line.text.replace(/^\s*\{/, () => twin),
        "ambiguous",
        `twice ${name}`,
      );
    }
    case "duplicate a line": {
      const files = artifact.files.map((file, index) =>
        index === place.file
          ? { ...file, lines: file.lines.flatMap((one) => (one === line ? [one, one] : [one])) }
          : file,
      );
      return { files, effect: "neutral", what: `line ${place.line + 1} twice` };
    }
    case "reorder an array": {
      const arrays = paths.filter((one) => {
        const inner = at(value, one);
        return Array.isArray(inner) && inner.length > 1;
      });
      const chosen = arrays[random.below(arrays.length)];
      const elements = chosen === undefined ? undefined : at(value, chosen);
      if (chosen === undefined || !Array.isArray(elements)) {
        return null;
      }
      const turned = shuffled(elements, random);
      return canon(turned) === canon(elements)
        ? null
        : judged(withAt(value, chosen, turned), `reorder ${chosen.join("/")}`);
    }
    case "retype a value":
      return judged(withAt(value, path, retyped(old, random)), `retype ${path.join("/")}`);
    case "swap signatures": {
      const otherPlace = artifact.focus[random.below(artifact.focus.length)] ?? place;
      const other = lineAt(artifact, otherPlace);
      const otherValue = parse(other.text);
      if (other === line || other.role !== line.role || !isRecord(value) || !isRecord(otherValue)) {
        return null;
      }
      if (value["signature"] === undefined || otherValue["signature"] === undefined) {
        return null;
      }
      const one = JSON.stringify({ ...value, signature: otherValue["signature"] });
      const two = JSON.stringify({ ...otherValue, signature: value["signature"] });
      const files = withLine(artifact.files, place, { ...line, text: one });
      return {
        files: withLine(files, otherPlace, { ...other, text: two }),
        effect: "altered",
        what: "swap",
      };
    }
    case "sign with another key": {
      const resigned = resign(line.role, value, random);
      return resigned === null
        ? null
        : replaceText(JSON.stringify(resigned), "resigned", "another key");
    }
    case "cut a file": {
      const cut = 1 + random.below(line.text.length - 1);
      const files = artifact.files.map((file, index) =>
        index === place.file
          ? {
              ...file,
              lines: [
                ...file.lines.slice(0, place.line),
                { ...line, text: line.text.slice(0, cut), close: "" },
              ],
            }
          : file,
      );
      return { files, effect: "lost", what: `cut at ${cut} of line ${place.line + 1}` };
    }
    case "remove a checkpoint":
      return removeCheckpoint(artifact, random);
    case "neutral: white space":
      return replaceText(
        JSON.stringify(value, null, 1 + random.below(4)).replaceAll("\n", " "),
        "neutral",
        "spaces",
      );
    case "neutral: member order":
      return replaceText(JSON.stringify(reordered(value, random)), "neutral", "member order");
    case "neutral: line order": {
      const files = artifact.files.map((file) => ({
        ...file,
        lines: shuffled(file.lines, random),
      }));
      return { files, effect: "neutral", what: "line order" };
    }
    case "neutral: defaults":
      return withDefaults(line.role, value, random, replaceText);
    case "neutral: CRLF or BOM": {
      const files = artifact.files.map((file) => ({
        ...file,
        mark: random.once(2) ? "\ufeff" : "",
        end: random.once(2) ? "\r\n" : file.end,
      }));
      return { files, effect: "neutral", what: "CRLF or BOM" };
    }
    case "neutral: spelling":
      return respelled(line, value, random, replaceText);
  }
}

/**
 * Takes the middle one of three checkpoints out, with its receipts and every record that names it, and
 * shuffles the rest. The first and the last are left: without an outside anchor their absence cannot be
 * told from a log that starts later or ends sooner.
 */
function removeCheckpoint(artifact: Artifact, random: Random): Mutated | null {
  const removed = 2;
  const [first, last] = [3, 4];
  if (
    !artifact.checkpointed ||
    artifact.files.some((file) => file.lines.some((one) => one.role === "manifest"))
  ) {
    return null;
  }
  let found = false;
  const survives = (one: Line, row: number): boolean => {
    const value = parse(one.text);
    if (one.role === "v1" || one.role === "pre-v1") {
      const seq = /^\{"seq":(\d+),/.exec(one.open)?.[1];
      const number = seq === undefined ? row + 1 : Number(seq);
      return number < first || number > last;
    }
    const body = isRecord(value) && isRecord(value["body"]) ? value["body"] : value;
    if (!isRecord(body)) {
      return true;
    }
    const names = [
      "checkpoint_seq",
      "from_checkpoint_seq",
      "to_checkpoint_seq",
      "witness_checkpoint_seq",
    ];
    const named = names.some((name) => body[name] === removed);
    found ||= named;
    return !named;
  };
  const files = artifact.files.map((file) => ({
    ...file,
    lines:
      file.name === "receipts"
        ? file.lines.filter(survives)
        : shuffled(file.lines.filter(survives), random),
  }));
  return found ? { files, effect: "removed-inside", what: "checkpoint 2" } : null;
}

function compare(role: Role, before: Json, after: Json): Effect {
  if (signedView(role, before) === signedView(role, after)) {
    return "neutral";
  }
  const parts = PARTS[role] ?? [];
  if (parts.some((name) => isRecord(before) && isRecord(after) && !isRecord(after[name]))) {
    return "lost";
  }
  if (role === "manifest" && !sameShape(before, after)) {
    return "free";
  }
  const cased = canon(before).toLowerCase() === canon(after).toLowerCase();
  return cased && ["token", "proof", "consistency", "anchor"].includes(role) ? "free" : "altered";
}

function sameShape(before: Json, after: Json): boolean {
  const shape = (value: Json): string => canon(pathsOf(value).map((path) => [...path]));
  return shape(before) === shape(after);
}

/** Records inside a record: without them nothing is left that a signature could be held against. */
const PARTS: Readonly<Partial<Record<Role, readonly string[]>>> = {
  checkpoint: ["body"],
  anchor: ["receipt", "receipt_inclusion", "checkpoint_statement"],
};

/** A small scan for a repeated member name, since the platform's parser keeps the last in silence. */
function hasDuplicate(text: string): boolean {
  const value = parse(text);
  const names = text.match(/"(?:[^"\\]|\\.)*"\s*:/g) ?? [];
  return value !== undefined && names.length > memberCount(value);
}

function memberCount(value: Json): number {
  if (Array.isArray(value)) {
    return value.reduce((sum: number, inner) => sum + memberCount(inner), 0);
  }
  if (isRecord(value)) {
    return Object.values(value).reduce((sum: number, inner) => sum + 1 + memberCount(inner), 0);
  }
  return 0;
}

function flip(value: Json, random: Random): Json | undefined {
  if (typeof value === "boolean") {
    return !value;
  }
  if (typeof value === "number") {
    return value + (random.once(2) ? 1 : -1) * (1 + random.below(3));
  }
  if (typeof value !== "string" || value === "") {
    return undefined;
  }
  const index = random.below(value.length);
  const alphabet = /^[0-9a-f]$/.test(value[index] ?? "")
    ? "0123456789abcdef"
    : "ghijklmnopqrstuvwxyz";
  const other = alphabet[random.below(alphabet.length)] ?? "0";
  return other === value[index]
    ? undefined
    : value.slice(0, index) + other + value.slice(index + 1);
}

function retyped(value: Json, random: Random): Json {
  const draw = random.below(4);
  if (draw === 0) {
    return null;
  }
  if (draw === 1) {
    return [value];
  }
  if (typeof value === "number") {
    return draw === 2 ? String(value) : value === 1;
  }
  if (typeof value === "string") {
    return draw === 2 ? { value } : value.length;
  }
  return typeof value === "boolean"
    ? draw === 2
      ? String(value)
      : Number(value)
    : JSON.stringify(value);
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1);
    const [a, b] = [result[index], result[other]];
    if (a !== undefined && b !== undefined) {
      result[index] = b;
      result[other] = a;
    }
  }
  return result;
}

function reordered(value: Json, random: Random): Json {
  if (Array.isArray(value)) {
    return value.map((inner) => reordered(inner, random));
  }
  if (isRecord(value)) {
    return Object.fromEntries(
      shuffled(Object.entries(value), random).map(([name, inner]) => [
        name,
        reordered(inner, random),
      ]),
    );
  }
  return value;
}

const INTRUDER = testKey("intruder");

/** Another signer's version of the record, correct in itself: only pinned keys tell it apart. */
function resign(role: Role, value: Json, random: Random): Json | null {
  if (!isRecord(value)) {
    return null;
  }
  const body = without(value, "signature", "id");
  const id = value["id"] ?? null;
  const service = `service-${random.below(1000)}`;
  switch (role) {
    case "v1": {
      const parameters = { forged: service };
      const action = { parameters, parameter_hash: hashJson(parameters) };
      return signContentAddressed({ ...body, action, kernel_key: INTRUDER.hex }, INTRUDER);
    }
    case "pre-v1":
    case "documentation":
      return signPlain({ ...body, id, tool_server: service, kernel_key: INTRUDER.hex }, INTRUDER);
    case "child":
      return signPlain({ ...body, id, session_id: service, kernel_key: INTRUDER.hex }, INTRUDER);
    case "http":
      return signPlain({ ...body, id, request_id: service, kernel_key: INTRUDER.hex }, INTRUDER);
    case "token":
      return signPlain(
        {
          ...body,
          id,
          issuer: INTRUDER.hex,
          delegation_chain: [],
          expires_at: 1_900_000_000 + random.below(100),
        },
        INTRUDER,
      );
    case "checkpoint": {
      const inner = value["body"];
      if (!isRecord(inner)) {
        return null;
      }
      const forged = {
        ...inner,
        kernel_key: INTRUDER.hex,
        issued_at: 1_776_300_000 + random.below(100),
      };
      return { body: forged, signature: signPlain(forged, INTRUDER)["signature"] ?? "" };
    }
    default:
      return null;
  }
}

type Replace = (text: string, effect: Effect, what: string) => Mutated;

function withDefaults(role: Role, value: Json, random: Random, replace: Replace): Mutated | null {
  if (!isRecord(value)) {
    return null;
  }
  const restored: Json[] =
    role === "pre-v1"
      ? [{ trust_level: "mediated" }, { tenant_id: null }, { algorithm: "ed25519" }]
      : role === "v1"
        ? [{ tenant_id: null }, { actor_chain: [] }, { algorithm: "ed25519" }]
        : role === "child" || role === "http"
          ? [{ algorithm: "ed25519" }]
          : role === "token"
            ? [
                { algorithm: "ed25519" },
                ...(value["delegation_chain"] === undefined ? [{ delegation_chain: [] }] : []),
              ]
            : [];
  const chosen = restored[random.below(restored.length)];
  return isRecord(chosen)
    ? replace(JSON.stringify({ ...value, ...chosen }), "neutral", Object.keys(chosen).join())
    : null;
}

function respelled(line: Line, value: Json, random: Random, replace: Replace): Mutated | null {
  const names = line.role === "documentation" ? ["signature"] : ["kernel_key", "signature"];
  const places: Path[] =
    line.role === "checkpoint"
      ? [["signature"], ["body", "kernel_key"]]
      : names.map((name) => [name]);
  const path = places[random.below(places.length)] ?? [];
  const text = at(value, path);
  if (
    typeof text !== "string" ||
    !["v1", "pre-v1", "child", "http", "checkpoint", "documentation"].includes(line.role)
  ) {
    return null;
  }
  const bare = text.replace(/^ed25519:/, "");
  const spelled = random.pick([bare.toUpperCase(), `0x${bare}`, `ed25519:${bare}`]);
  return spelled === text
    ? null
    : replace(JSON.stringify(withAt(value, path, spelled)), "neutral", `spell ${path.join("/")}`);
}
