import { embeddedPaths, type PathCandidate } from "./path-candidates.ts";
import { isAddress, isFileAddress } from "./paths.ts";
import { directoryAfter, givenDirectory, placed } from "./shell-directory.ts";
import type { ShellCommand, ShellWord } from "./shell-script.ts";
import { type UnfoldedShell, unfoldShell } from "./shell-unfold.ts";
import { wildcardReadings } from "./shell-wildcards.ts";
import { commandName } from "./shell-wrappers.ts";

const INTERPRETER =
  /^(?:python[\d.]*|perl|ruby|node|deno|bun|php|lua|awk|gawk|mawk|osascript|tclsh|rscript)$/;
/** Windows paths, whose backslashes a shell takes away: read where they are written. */
const DRIVE_PATH = /[A-Za-z]:\\[^\s"'<>|;&,()]*/g;
const PIECES = /[=@,]/;
const EDGES = new Set("\"'()[]{}<>;,");
const LIKE_PATH = /^(?:[/~\\]|\.\.?[/\\]|[A-Za-z]:[/\\]?|\.[A-Za-z0-9_])|[/\\]\.[A-Za-z0-9]/;

/** A text of a command line that may be a path; not `sure` where it may also be a plain name. */
export type ShellPath = Pick<PathCandidate, "text" | "sure">;

/** Every path that a command line names (kernel semantics 2.6), in all scripts that it may run. */
export function shellPaths(command: string): readonly ShellPath[] {
  return pathsOf(unfoldShell(command));
}

/** The same of a command line that was unfolded before. */
export function pathsOf({ scripts, problem }: UnfoldedShell): readonly ShellPath[] {
  const sure = new Set<string>();
  const names = new Set<string>();
  for (const { text, script } of scripts) {
    addAll(
      sure,
      Array.from(text.matchAll(DRIVE_PATH), ([path]) => path),
    );
    // What cannot be read as a script is read word by word.
    addAll(sure, problem === null ? [] : embeddedPaths(text));
    let directory: string | null = null;
    for (const command of script.commands) {
      addCommand(command, directory, sure, names);
      directory = directoryAfter(command.words, directory);
    }
  }
  return [
    ...Array.from(sure, (text) => ({ text, sure: true })),
    ...Array.from(names, (text) => ({ text, sure: false })),
  ];
}

function addCommand(
  { words, redirects, input, compared }: ShellCommand,
  directory: string | null,
  sure: Set<string>,
  names: Set<string>,
): void {
  const runsCode = words.some((word) => INTERPRETER.test(commandName(word)));
  const isCondition = compared || words.some(({ text }) => text === "[[");
  addAll(sure, isCondition ? [] : words.flatMap(wildcardReadings));
  for (const text of words.flatMap(readings)) {
    addAll(sure, wordPaths(text));
    addAll(sure, runsCode ? embeddedPaths(text) : []);
    names.add(text.slice(text.lastIndexOf("/") + 1));
  }
  const places = [directory, givenDirectory(words)];
  for (const { text } of places.flatMap((place) => words.map((word) => placed(word, place)))) {
    addAll(sure, wordPaths(text));
  }
  addAll(sure, runsCode && input !== null ? embeddedPaths(input) : []);
  addAll(
    sure,
    redirects.flatMap(({ target }) => readings(target)),
  );
}

function addAll(set: Set<string>, texts: readonly string[]): void {
  for (const text of texts) {
    set.add(text);
  }
}

/** As it is written, and as it is where its expansions are empty. */
function readings({ text, bare, dynamic }: ShellWord): readonly string[] {
  return dynamic ? [text, bare] : [text];
}

/** The parts of one word that read like a path: `--file=/x`, `-f/x`, `@/x`, `/x:/y`. */
function wordPaths(word: string): readonly string[] {
  return word
    .split(PIECES)
    .flatMap((piece) => (isAddress(piece) || isFileAddress(piece) ? [piece] : piece.split(":")))
    .concat(word)
    .map((piece) => withoutOption(withoutEdges(piece)))
    .filter((piece) => isFileAddress(piece) || (!isAddress(piece) && LIKE_PATH.test(piece)));
}

/** A short option may be glued to its value. */
function withoutOption(piece: string): string {
  return /^-[A-Za-z][/~]/.test(piece) ? piece.slice(2) : piece;
}

/** Quotes, brackets and marks around a path are no part of it. */
function withoutEdges(piece: string): string {
  let start = 0;
  while (EDGES.has(piece.charAt(start))) {
    start += 1;
  }
  let end = piece.length;
  while (EDGES.has(piece.charAt(end - 1))) {
    end -= 1;
  }
  return piece.slice(start, end);
}
