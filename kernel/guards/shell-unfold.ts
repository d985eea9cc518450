import { carriedCommands } from "./shell-carried.ts";
import { directoryAfter } from "./shell-directory.ts";
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
  /** The directory in which it runs, where a command before it says so. */
  readonly directory: string | null;
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
  readonly directory: string | null;
  readonly compared: boolean;
  readonly behindProtected: boolean;
}

class Unfolder {
  readonly #scripts: { text: string; script: ShellScript }[] = [];
  readonly #commands: RunCommand[] = [];
  readonly #redirects: ShellRedirect[] = [];
  readonly #seen = new Set<string>();
  readonly #queue: { text: string; depth: number; compared: boolean; fed: boolean }[] = [];
  #problem: string | null = null;

  addScript(text: string, depth: number, compared: boolean, fed = false): void {
    if (depth > MAX_DEPTH) {
      this.#problem ??= "scripts are nested too deep to be judged";
      return;
    }
    const key = `${compared} ${fed} ${text}`;
    if (!this.#seen.has(key)) {
      this.#seen.add(key);
      this.#queue.push({ text, depth, compared, fed });
    }
  }

  run(): UnfoldedShell {
    for (const { text, depth, compared, fed } of this.#queue) {
      const script = readShell(text, fed);
      this.#scripts.push({ text, script });
      this.#problem ??= script.problem;
      for (const nested of script.nested) {
        this.addScript(nested.text, depth + 1, compared || nested.compared, nested.fed);
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
    let directory: string | null = null;
    let previous: ShellCommand | null = null;
    for (const command of commands) {
      for (const redirect of command.redirects) {
        this.#redirects.push(redirect);
      }
      const place = {
        depth,
        compared: compared || command.compared,
        behindProtected,
        directory,
      };
      this.#addWords(command.words, command, previous, place);
      directory = directoryAfter(command.words, directory);
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
      if (command.piped !== "none" && words.some(({ text }) => /^-[A-Za-z]*[si]/.test(text))) {
        this.#problem ??= "a shell reads a script from another program, which cannot be seen";
      }
      return;
    }
    if (unwrapped.kind === "script") {
      this.addScript(unwrapped.text, place.depth + 1, false);
      return;
    }
    const { words: own, fed } = unwrapped;
    const { compared, behindProtected, depth, directory } = place;
    this.#commands.push({ words: own, fed, compared, behindProtected, directory });
    for (const carried of carriedCommands(own, command)) {
      const place = { compared, behindProtected: false, directory };
      this.#commands.push({ ...place, words: carried, fed: false });
    }
    const script = interpretedScript(own, fed, command, previous);
    if (script.kind === "unseen") {
      this.#problem ??= script.problem;
    } else if (script.kind === "text") {
      this.addScript(script.text, depth + 1, false, command.piped !== "none");
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
