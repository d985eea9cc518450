import type { ShellCommand, ShellWord } from "./shell-script.ts";
import { commandName } from "./shell-wrappers.ts";

const SHELLS = new Set("sh bash zsh dash ksh mksh ash fish csh tcsh rbash".split(" "));

/** Commands whose first argument is, or whose arguments together are, a script of the shell. */
const READING = new Set(["eval", "trap", "watch"]);
const SOURCING = new Set(["source", "."]);
const WITH_COMMAND = new Set(["su", "runuser", "script"]);

/** Options of shells that take a value. */
const VALUES = new Set(["-o", "+o", "-O", "+O", "--rcfile", "--init-file"]);
const STANDARD_INPUT = new Set(["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

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
  if (WITH_COMMAND.has(program)) {
    const at = rest.findIndex(({ text }) => text === "-c" || text === "--command");
    return at === -1 ? NONE : textOf(rest[at + 1]);
  }
  if (SOURCING.has(program)) {
    return ofOperand(rest[0], command, previous);
  }
  return SHELLS.has(program) ? ofShell(rest, fed, command, previous) : NONE;
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
    at += VALUES.has(word.text) ? 2 : 1;
  }
  const operand = words[at];
  if (inline) {
    return operand === undefined && fed ? unseen("its arguments") : textOf(operand);
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
  if (operand.text.startsWith("<(")) {
    return unseen("another program");
  }
  return STANDARD_INPUT.has(operand.text) ? ofInput(command, previous) : NONE;
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
    return given.target.text.startsWith("<(") ? unseen("another program") : NONE;
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
