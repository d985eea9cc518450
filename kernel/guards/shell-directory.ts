import { lexicalPath } from "./paths.ts";
import { plainWord, type ShellWord } from "./shell-script.ts";
import { commandName, RESERVED } from "./shell-wrappers.ts";

/** Where somebody goes who goes further is not followed: it may be anywhere. */
const MAX_DIRECTORY = 256;

const CHANGING = new Set(["cd", "chdir", "pushd"]);
const ANCHORED = /^(?:[/~]|\$HOME|\$\{HOME\})/;

/**
 * The directory in which the commands behind this one run, as far as the command line says: where it was, or
 * where `cd` leads from there. Null where nobody knows.
 */
export function directoryAfter(words: readonly ShellWord[], before: string | null): string | null {
  const [name, ...rest] = words.filter(({ text }) => !RESERVED.has(text));
  if (name === undefined || !CHANGING.has(commandName(name))) {
    return before;
  }
  const target = rest.find(({ text }) => !/^-./.test(text))?.text ?? "~";
  if (target === "-") {
    return null;
  }
  const reached = before === null || ANCHORED.test(target) ? target : `${before}/${target}`;
  const directory = lexicalPath(reached);
  return directory.length > MAX_DIRECTORY ? "/" : directory;
}

/** The directory that an option of a command names: `tar -C /etc`. */
export function givenDirectory(words: readonly ShellWord[]): string | null {
  const at = words.findIndex(({ text }) => text === "-C" || text === "--directory");
  return at === -1 ? null : (words[at + 1]?.text ?? null);
}

/** A relative word as it is in a directory; every other word as it is. */
export function placed(word: ShellWord, directory: string | null): ShellWord {
  const isRelative = !ANCHORED.test(word.text) && !word.text.startsWith("-");
  return directory !== null && isRelative ? plainWord(`${directory}/${word.text}`) : word;
}
