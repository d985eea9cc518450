import type { ShellCommand, ShellWord } from "./shell-script.ts";
import { commandName } from "./shell-wrappers.ts";

const SHELLS = new Set("sh bash zsh dash ksh mksh ash fish csh tcsh rbash".split(" "));

/** Commands whose first argument is, or whose arguments together are, a script of the shell. */
const READING = new Set(["eval", "trap", "watch"]);
const SOURCING = new Set(["source", "."]);
const WITH_COMMAND = new Set(["su", "runuser", "script", "flock"]);
/** Commands that read a script from their input, and nowhere else. */
const SCHEDULING = new Set(["at", "batch"]);
const LANGUAGES =
  /^(?:python[\d.]*|perl|ruby|node|deno|bun|php|lua|tclsh|rscript|osascript|pwsh|powershell)$/;

/** Options of shells that take a value. */
const VALUES = new Set(["-o", "+o", "-O", "+O", "--rcfile", "--init-file"]);
const STANDARD_INPUT = new Set(["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);
const NETWORK = /^\/dev\/(?:tcp|udp)\//;
/** What another process, or another redirection, stands behind. */
const STREAM = /^(?:[<>]\(|\/dev\/(?:fd|tcp|udp)\/|\/proc\/[^/]+\/fd\/)/;

/** The script that a command runs, where it is one that runs scripts. */
export type InterpretedScript =
  | { readonly kind: "none" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "unseen"; readonly problem: string };

const NONE: InterpretedScript = { kind: "none" };

/**
 * What a command interprets. A script that comes out of another program cannot be judged; one in a file is
 * not looked into.
 */
export function interpretedScript(
  words: readonly [ShellWord, ...ShellWord[]],
  fed: boolean,
  command: ShellCommand,
  previous: ShellCommand | null,
): InterpretedScript {
  const [name, ...rest] = words;
  const program = commandName(name);
  if (READING.has(program)) {
    return { kind: "text", text: rest.map(({ text }) => text).join(" ") };
  }
  if (program === "alias") {
    return { kind: "text", text: rest.map(({ text }) => text.replace(/^[^=]*=/, "")).join("\n") };
  }
  if (WITH_COMMAND.has(program)) {
    return optionValue(rest) ?? (program === "su" ? ofInput(command, previous) : NONE);
  }
  if (SCHEDULING.has(program)) {
    return ofInput(command, previous);
  }
  if (SOURCING.has(program) || program === "crontab") {
    return ofOperand(rest[0], command, previous);
  }
  if (LANGUAGES.test(program)) {
    return ofLanguage(rest, command, previous);
  }
  return SHELLS.has(program) ? ofShell(rest, fed, command, previous) : NONE;
}

/** The value of `-c` or `--command`, as a word of its own or behind the option. */
function optionValue(words: readonly ShellWord[]): InterpretedScript | null {
  for (const [index, { text }] of words.entries()) {
    const [, long, glued] = /^-(?:-(c[a-z-]*)|[a-z]*c)=?([\s\S]*)$/.exec(text) ?? [];
    if (glued !== undefined && "command".startsWith(long ?? "c")) {
      return glued === "" ? textOf(words[index + 1]) : { kind: "text", text: glued };
    }
  }
  return null;
}

/** A program in another language is not read here, but nobody may run one that comes out of another program. */
function ofLanguage(
  words: readonly ShellWord[],
  command: ShellCommand,
  previous: ShellCommand | null,
): InterpretedScript {
  const at = words.findIndex(({ text }) => !/^-./.test(text));
  const operand = words[at];
  if (operand === undefined || STANDARD_INPUT.has(operand.text)) {
    const given = command.redirects.findLast(({ operator }) => operator === "<<<")?.target;
    return given?.bare === "" && command.input === null
      ? unseen("another program")
      : notOfShell(ofInput(command, previous));
  }
  const isProgram = /^-(?:[A-Za-z]*[cerE]|-eval)$/.test(words[at - 1]?.text ?? "");
  return STREAM.test(operand.text) || (isProgram && operand.dynamic && operand.bare === "")
    ? unseen("another program")
    : NONE;
}

function notOfShell(script: InterpretedScript): InterpretedScript {
  return script.kind === "unseen" ? script : NONE;
}

function ofShell(
  words: readonly ShellWord[],
  fed: boolean,
  command: ShellCommand,
  previous: ShellCommand | null,
): InterpretedScript {
  let at = 0;
  let inline = false;
  let input = false;
  for (let word = words[at]; word !== undefined && /^[-+]./.test(word.text); word = words[at]) {
    const short = !word.text.startsWith("--");
    inline ||= short && word.text.includes("c");
    input ||= short && word.text.includes("s");
    const isValued = VALUES.has(word.text);
    if (isValued && STREAM.test(words[at + 1]?.text ?? "")) {
      return unseen("another program");
    }
    at += isValued ? 2 : 1;
  }
  const operand = words[at];
  if (inline) {
    // One word without white space may be nothing but the place of an argument.
    return fed && !/\s/.test(operand?.text ?? "") ? unseen("its arguments") : textOf(operand);
  }
  if (operand === undefined || input) {
    return fed && !input ? unseen("its arguments") : ofInput(command, previous);
  }
  return ofOperand(operand, command, previous);
}

function ofOperand(
  operand: ShellWord | undefined,
  command: ShellCommand,
  previous: ShellCommand | null,
): InterpretedScript {
  if (operand === undefined) {
    return NONE;
  }
  if (STANDARD_INPUT.has(operand.text)) {
    return ofInput(command, previous);
  }
  return STREAM.test(operand.text) ? unseen("another program") : NONE;
}

/** A here-document, a here-string, or what the command before it writes. */
function ofInput(command: ShellCommand, previous: ShellCommand | null): InterpretedScript {
  if (command.input !== null) {
    return { kind: "text", text: command.input };
  }
  const given = command.redirects.findLast(({ operator }) => operator.startsWith("<"));
  if (given !== undefined) {
    if (given.operator === "<<<") {
      return textOf(given.target);
    }
    const isStream = given.operator === "<&" || STREAM.test(given.target.text);
    return isStream ? unseen("another program") : NONE;
  }
  if (command.redirects.some(({ target }) => NETWORK.test(target.text))) {
    return unseen("another program");
  }
  switch (command.piped) {
    case "none":
      return NONE;
    case "group":
      return unseen("several programs");
    case "command":
      return previous === null ? unseen("another program") : echoed(previous);
  }
}

/** The text of a plain `echo`; what any other program writes nobody knows. */
function echoed(command: ShellCommand): InterpretedScript {
  const [name, ...rest] = command.words;
  const text = rest.map((word) => word.text).join(" ");
  return name?.text === "echo" && !text.startsWith("-") && !text.includes("\\")
    ? { kind: "text", text }
    : unseen("another program");
}

function textOf(word: ShellWord | undefined): InterpretedScript {
  return word === undefined ? NONE : { kind: "text", text: word.text };
}

function unseen(source: string): InterpretedScript {
  return { kind: "unseen", problem: `a shell reads a script from ${source}, which cannot be seen` };
}
