/** A word of a command, after its quotes are undone. */
export interface ShellWord {
  /** With every expansion as it is written: `$HOME/x`. */
  readonly text: string;
  /** Without its expansions: what stands there where all of them are empty. */
  readonly bare: string;
  /** Whether it holds an expansion, whose value nobody here knows. */
  readonly dynamic: boolean;
  /** Whether an expansion outside quotes can make several words of it. */
  readonly splits: boolean;
  /** Whether any part of it was quoted or escaped. */
  readonly quoted: boolean;
  /** Whether a wildcard or a brace stands outside quotes in it, so that the shell puts other names in its place. */
  readonly wild: boolean;
}

export interface ShellRedirect {
  readonly operator: string;
  readonly target: ShellWord;
}

/** How a command gets its input: from the one command before it, from a group of commands, or neither. */
export type PipeSource = "none" | "command" | "group";

export interface ShellCommand {
  readonly words: readonly ShellWord[];
  readonly redirects: readonly ShellRedirect[];
  /** The text of a here-document. */
  readonly input: string | null;
  readonly piped: PipeSource;
  /** Whether it stands where words are compared, not run: a condition, arithmetic, the pattern of a case. */
  readonly compared: boolean;
}

/** A text that the shell runs as a script of its own: what `$(…)`, backticks and `<(…)` hold. */
export interface NestedScript {
  readonly text: string;
  readonly compared: boolean;
  /** Whether it reads what another program writes: `>(…)`. */
  readonly fed: boolean;
}

export interface ShellScript {
  readonly commands: readonly ShellCommand[];
  readonly nested: readonly NestedScript[];
  /** Why the rest could not be read: then nobody can say what runs. */
  readonly problem: string | null;
}

/** A word that stands for itself. */
export function plainWord(text: string): ShellWord {
  return { text, bare: text, dynamic: false, splits: false, quoted: false, wild: isWild(text) };
}

/** Whether a text holds a wildcard or a list in braces. */
export function isWild(text: string): boolean {
  return /[*?[{]/.test(text);
}
