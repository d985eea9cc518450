import { plainWord, type ShellCommand, type ShellWord } from "./shell-script.ts";
import { commandName, isAssignment } from "./shell-wrappers.ts";

/** Commands that print, search or keep their words, and run none of them. */
const KEEPING: ReadonlySet<string> = new Set(
  "echo printf grep egrep fgrep rg ag ack cat tee ls which type whatis apropos test [ [[ : true false logger gh glab".split(
    " ",
  ),
);
/** The same of git, where one of these stands first. */
const KEEPING_IN_GIT = new Set(["commit", "tag", "log", "grep", "notes", "show", "diff"]);

const REMOVING = new Set(["rm", "find"]);
/** What ends a command in most languages that a word can be written in. */
const ENDS = /[;|&\n]/;
const MARKS = /[\s"'`()[\]{},=!]+/;

type Words = readonly [ShellWord, ...ShellWord[]];

/**
 * The removals that a command carries for somebody else to run: behind a program that is not known to run others
 * (`strace rm -rf x`), and in its texts, whatever their language is (`python -c`, `git -c core.pager=`,
 * `tar --checkpoint-action=`, `PAGER=`). The texts are read loosely; only a removal of what must not be removed
 * counts.
 */
export function carriedCommands(words: Words, command: ShellCommand): readonly Words[] {
  const program = commandName(words[0]);
  const isKept = program === "git" && KEEPING_IN_GIT.has(words[1]?.text ?? "");
  if (isKept || KEEPING.has(program) || REMOVING.has(program)) {
    return [];
  }
  const found: [ShellWord, ...ShellWord[]][] = [];
  let open: ShellWord[] | null = null;
  for (const part of textsOf(words, command).flatMap(partsOf)) {
    if (part === null) {
      open = null;
    } else if (REMOVING.has(commandName(part))) {
      const next: [ShellWord, ...ShellWord[]] = [part];
      found.push(next);
      open = next;
    } else {
      open?.push(part);
    }
  }
  return found;
}

function textsOf(words: Words, command: ShellCommand): readonly ShellWord[] {
  const given = command.redirects.filter(({ operator }) => operator === "<<<");
  return [
    ...command.words.filter(isAssignment),
    ...words.slice(1),
    ...given.map(({ target }) => target),
    plainWord(`;${command.input ?? ""}`),
  ];
}

/** The words of a text; null where a command in it ends. */
function partsOf(word: ShellWord): readonly (ShellWord | null)[] {
  if (!MARKS.test(word.text) && !ENDS.test(word.text)) {
    return [word];
  }
  return word.text.split(ENDS).flatMap((command, index) => [
    ...(index === 0 ? [] : [null]),
    ...command
      .split(MARKS)
      .filter((part) => part !== "")
      .map(plainWord),
  ]);
}
