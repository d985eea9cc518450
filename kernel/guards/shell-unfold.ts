import { interpretedScript } from "./shell-interpreters.ts";
import { namesProtected } from "./shell-removal.ts";
import { readShell } from "./shell-scanner.ts";
import type { ShellCommand, ShellRedirect, ShellScript, ShellWord } from "./shell-script.ts";
import { commandName, unwrap } from "./shell-wrappers.ts";

/** Scripts in scripts, and commands in commands, beyond this are not followed. */
const MAX_DEPTH = 12;

/** No system takes a longer argument, so that no `sh -c` can be given it. */
const MAX_COMMAND = 131_072;

/** A command that may run, without what only wraps it. */
export interface RunCommand {
  readonly words: readonly [ShellWord, ...ShellWord[]];
  /** Whether further arguments come from its input. */
  readonly fed: boolean;
  /** Whether a command before it in the same script names the root or a directory of the system. */
  readonly behindProtected: boolean;
  readonly compared: boolean;
}

export interface UnfoldedShell {
  /** The command line and every script inside it, with their texts. */
  readonly scripts: readonly { readonly text: string; readonly script: ShellScript }[];
  readonly commands: readonly RunCommand[];
  readonly redirects: readonly ShellRedirect[];
  /** Why something in it cannot be judged; null where all of it was read. */
  readonly problem: string | null;
}

/**
 * Everything that a command line may run: the scripts in its substitutions, in `sh -c`, `eval`, `env -S`,
 * here-documents and echoes that are piped into a shell, each taken once however often it occurs.
 */
export function unfoldShell(text: string): UnfoldedShell {
  if (text.length > MAX_COMMAND) {
    const problem = "it is longer than a shell takes";
    const script = { commands: [], nested: [], problem };
    return { scripts: [{ text, script }], commands: [], redirects: [], problem };
  }
  const unfolder = new Unfolder();
  unfolder.addScript(text, 0, false);
  return unfolder.run();
}

interface Place {
  readonly depth: number;
  readonly compared: boolean;
  readonly behindProtected: boolean;
}

class Unfolder {
  readonly #scripts: { text: string; script: ShellScript }[] = [];
  readonly #commands: RunCommand[] = [];
  readonly #redirects: ShellRedirect[] = [];
  readonly #seen = new Set<string>();
  readonly #queue: { text: string; depth: number; compared: boolean }[] = [];
  #problem: string | null = null;

  addScript(text: string, depth: number, compared: boolean): void {
    if (depth > MAX_DEPTH) {
      this.#problem ??= "scripts are nested too deep to be judged";
      return;
    }
    const key = `${compared} ${text}`;
    if (!this.#seen.has(key)) {
      this.#seen.add(key);
      this.#queue.push({ text, depth, compared });
    }
  }

  run(): UnfoldedShell {
    for (const { text, depth, compared } of this.#queue) {
      const script = readShell(text);
      this.#scripts.push({ text, script });
      this.#problem ??= script.problem;
      for (const nested of script.nested) {
        this.addScript(nested.text, depth + 1, compared || nested.compared);
      }
      this.#addCommands(script.commands, depth, compared);
    }
    return {
      scripts: this.#scripts,
      commands: this.#commands,
      redirects: this.#redirects,
      problem: this.#problem,
    };
  }

  #addCommands(commands: readonly ShellCommand[], depth: number, compared: boolean): void {
    let behindProtected = false;
    let previous: ShellCommand | null = null;
    for (const command of commands) {
      for (const redirect of command.redirects) {
        this.#redirects.push(redirect);
      }
      const place = { depth, compared: compared || command.compared, behindProtected };
      this.#addWords(command.words, command, previous, place);
      behindProtected ||= command.words.some(namesProtected);
      previous = command;
    }
  }

  #addWords(
    words: readonly ShellWord[],
    command: ShellCommand,
    previous: ShellCommand | null,
    place: Place,
  ): void {
    const unwrapped = unwrap(words);
    if (unwrapped.kind === "nothing") {
      return;
    }
    if (unwrapped.kind === "script") {
      this.addScript(unwrapped.text, place.depth + 1, false);
      return;
    }
    const { words: own, fed } = unwrapped;
    const { compared, behindProtected, depth } = place;
    this.#commands.push({ words: own, fed, compared, behindProtected });
    const script = interpretedScript(own, fed, command, previous);
    if (script.kind === "unseen") {
      this.#problem ??= script.problem;
    } else if (script.kind === "text") {
      this.addScript(script.text, depth + 1, false);
    }
    if (commandName(own[0]) === "find") {
      for (const inner of executedBy(own)) {
        this.#addInner(inner, command, previous, place);
      }
    }
  }

  #addInner(
    words: readonly ShellWord[],
    command: ShellCommand,
    previous: ShellCommand | null,
    place: Place,
  ): void {
    if (place.depth === MAX_DEPTH) {
      this.#problem ??= "commands are nested too deep to be judged";
    } else {
      this.#addWords(words, command, previous, { ...place, depth: place.depth + 1 });
    }
  }
}

const EXECUTING = new Set(["-exec", "-execdir", "-ok", "-okdir"]);

/** The commands that `find` runs for what it finds. */
function executedBy(words: readonly ShellWord[]): readonly (readonly ShellWord[])[] {
  const found: ShellWord[][] = [];
  let open: ShellWord[] | null = null;
  for (const word of words) {
    if (open !== null && (word.text === ";" || word.text === "+")) {
      open = null;
    } else if (open !== null) {
      open.push(word);
    } else if (EXECUTING.has(word.text)) {
      open = [];
      found.push(open);
    }
  }
  return found;
}
