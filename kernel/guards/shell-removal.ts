import { climbs, fromRoot, lexicalPath } from "./paths.ts";
import type { ShellWord } from "./shell-script.ts";

const SYSTEM: ReadonlySet<string> = new Set([
  ..."bin boot dev etc home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys usr var".split(
    " ",
  ),
  ..."applications library system users volumes private cores".split(" "),
  ...["windows", "program files", "program files (x86)", "programdata"],
]);

/** Only wildcards: everything in the directory before it. */
const WILD = /^[*?.]*$/;
/** Extended patterns begin with one of the last three. */
const PATTERN = /[*?[{!@+]/;
const HOME = /^(?:~[A-Za-z0-9_.-]*|\$HOME|\$\{HOME\})$/;
const DRIVE = /^[A-Za-z]:$/;

/** Whether a word names the root, a directory of the system at the root, or a home, or all in one of them. */
export function namesProtected(word: ShellWord): boolean {
  return alternatives(word.text).some(isProtected);
}

/**
 * Whether removing what a word names could remove such a directory: it does where its expansions are empty,
 * as a variable that is not set is, or it is nothing but expansions; and nobody here knows how far `..` climbs.
 */
export function mayNameProtected(word: ShellWord): boolean {
  return (
    namesProtected(word) ||
    isAbove(lexicalPath(word.text)) ||
    (word.dynamic && (WILD.test(word.bare) || alternatives(word.bare).some(isProtected)))
  );
}

function isAbove(path: string): boolean {
  return climbs(path) && fromRoot(`${path}/`).slice(1).split("/").every(isWild);
}

/** Whether a command removes all below what it names. An option with a list in braces may be any option. */
export function removesRecursively(words: readonly ShellWord[]): boolean {
  return optionsOf(words).some(
    ({ text }) =>
      /^-[A-Za-z]*[rR{]/.test(text) || (text.startsWith("--") && "--recursive".startsWith(text)),
  );
}

/** Whether an option of a command is an expansion, so that it may be any option. */
export function hasUnknownOptions(words: readonly ShellWord[]): boolean {
  return words.some(({ splits }) => splits);
}

function optionsOf(words: readonly ShellWord[]): readonly ShellWord[] {
  const end = words.findIndex(({ text }) => text === "--");
  return end === -1 ? words : words.slice(0, end);
}

/** A list in braces at the start of a word stands for each of its members. */
function alternatives(text: string): readonly string[] {
  return text.startsWith("{") && text.includes("}")
    ? text.slice(1, text.indexOf("}")).split(",")
    : [text];
}

function isProtected(text: string): boolean {
  const path = lexicalPath(text);
  const [first = "", second, ...rest] = path.split("/");
  if (first === "" || DRIVE.test(first)) {
    return second === undefined || isSystem(second, rest);
  }
  return (
    HOME.test(first) &&
    text.charAt(0) !== "." &&
    [...(second === undefined ? [] : [second]), ...rest].every(isWild)
  );
}

/** The first component below the root, and those behind it. */
function isSystem(name: string, rest: readonly string[]): boolean {
  return (
    (name === "" || PATTERN.test(name) || SYSTEM.has(name.toLowerCase())) && rest.every(isWild)
  );
}

function isWild(component: string): boolean {
  return WILD.test(component);
}
