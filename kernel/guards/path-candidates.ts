import type { JsonValue } from "../json/value.ts";
import type { PlacedText, ToolAction } from "./action.ts";
import { isPathKey, memberNames, type TextLeaf, textLeaves } from "./leaves.ts";
import { isAddress, isFileAddress } from "./paths.ts";

/** A text that may be a path. `sure` where the tool or the member's name says so. */
export interface PathCandidate extends PlacedText {
  readonly sure: boolean;
}

/**
 * Every text of a call that could be read as a path, whatever the tool is called: an agent picks the tool's
 * name and the member's name, and `open_file {"target": …}` opens files too. Texts that a file tool writes
 * are left out; of code and queries, every word is taken.
 */
export function pathCandidates(
  action: ToolAction,
  toolArguments: JsonValue,
): readonly PathCandidate[] {
  const written = writtenPointers(action);
  const names = memberNames(toolArguments)
    .filter(({ text }) => SEPARATOR.test(text) && !isAddress(text))
    .map((name) => ({ ...name, sure: false }));
  const texts = textLeaves(toolArguments)
    .filter(({ pointer }) => !written.has(pointer))
    .flatMap((leaf) => candidatesOf(action, leaf));
  return firstOfEach([...names, ...texts]);
}

/** Each text once: a megabyte of one line is one path. */
function firstOfEach(candidates: readonly PathCandidate[]): readonly PathCandidate[] {
  const first = new Map<string, PathCandidate>();
  for (const candidate of candidates) {
    const key = `${candidate.sure} ${candidate.text}`;
    if (!first.has(key)) {
      first.set(key, candidate);
    }
  }
  return [...first.values()];
}

function candidatesOf(action: ToolAction, leaf: TextLeaf): readonly PathCandidate[] {
  const { pointer } = leaf;
  if ("path" in action && pointer === action.path.pointer) {
    return [{ text: leaf.text, pointer, sure: true }];
  }
  if (action.kind === "shell" && pointer === action.command.pointer) {
    return [];
  }
  if (isScript(action, leaf)) {
    return embeddedPaths(leaf.text).map((text) => ({ text, pointer, sure: false }));
  }
  const sure = isPathKey(leaf.key);
  return leaf.text
    .split(LINE_END)
    .filter((line) => line !== "" && (sure || !isAddress(line)))
    .map((text) => ({ text, pointer, sure }));
}

/** Everything in a call that runs code or a query may be part of it: the source may be a list of lines. */
function isScript(action: ToolAction, leaf: TextLeaf): boolean {
  const runs =
    action.kind === "code" ||
    action.kind === "database" ||
    (action.kind === "malformed" && (action.family === "code" || action.family === "database"));
  return runs && !isPathKey(leaf.key);
}

/**
 * The words of a program that have a separator or begin with a dot, and addresses of files. Names without
 * either are taken for identifiers: a path that a program puts together from parts is not seen.
 */
export function embeddedPaths(source: string): readonly string[] {
  return source
    .split(NO_PATH)
    .filter(
      (word) =>
        isFileAddress(word) || (!isAddress(word) && (SEPARATOR.test(word) || word[0] === ".")),
    );
}

const LINE_END = /[\r\n]/;
const SEPARATOR = /[/\\]/;
const NO_PATH = /[\s"'`()[\]{}<>;,|&=]/;

function writtenPointers(action: ToolAction): ReadonlySet<string> {
  if (action.kind === "patch") {
    return new Set([action.diff.pointer]);
  }
  return new Set(
    action.kind === "file-write" && action.content !== null ? [action.content.pointer] : [],
  );
}
