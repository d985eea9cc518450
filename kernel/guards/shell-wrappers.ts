import { plainWord, type ShellWord } from "./shell-script.ts";

/** Words of the grammar that stand before a command. */
export const RESERVED: ReadonlySet<string> = new Set(
  "{ } ! if then elif else fi do done while until coproc".split(" "),
);

/** How to find the command behind a command that runs another. */
interface Wrapper {
  /** Short options that take a value. */
  readonly values: string;
  /** Long options that take a value as a word of their own. */
  readonly longValues: readonly string[];
  /** Options with which nothing runs: a letter, or a long name. */
  readonly stops: readonly string[];
  /** Words between the options and the command. */
  readonly operands: number;
  readonly assignments: boolean;
  /** Whether the value of `-S`, `--split-string`, is a script of its own. */
  readonly splits: boolean;
}

function wrapper(values: string, longValues: string, over: Partial<Wrapper> = {}): Wrapper {
  return {
    values,
    longValues: longValues.split(" "),
    stops: [],
    operands: 0,
    assignments: false,
    splits: false,
    ...over,
  };
}

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
  [
    "sudo",
    wrapper(
      "ughpCDrtRTU",
      "user group host prompt close-from chdir role type chroot command-timeout other-user",
      {
        assignments: true,
        stops: "V v l K help version validate list remove-timestamp".split(" "),
      },
    ),
  ],
  ["doas", wrapper("uCa", "", { stops: ["L"] })],
  [
    "env",
    wrapper("uCPa", "unset chdir argv0", {
      assignments: true,
      stops: ["help", "version"],
      splits: true,
    }),
  ],
  ["command", wrapper("", "", { stops: ["v", "V"] })],
  ["builtin", wrapper("", "")],
  ["exec", wrapper("a", "")],
  ["nohup", wrapper("", "", { stops: ["help", "version"] })],
  ["time", wrapper("fo", "format output", { stops: ["V", "help", "version"] })],
  ["nice", wrapper("n", "adjustment", { stops: ["help", "version"] })],
  ["ionice", wrapper("cnpPu", "class classdata pid pgid uid", { stops: ["h", "V"] })],
  ["timeout", wrapper("ks", "kill-after signal", { operands: 1, stops: ["help", "version"] })],
  ["stdbuf", wrapper("ioe", "input output error", { stops: ["help", "version"] })],
  ["setsid", wrapper("", "", { stops: ["h", "V", "help", "version"] })],
  ["chroot", wrapper("", "", { operands: 1, stops: ["help", "version"] })],
  ["taskset", wrapper("", "", { operands: 1, stops: ["h", "V", "help", "version"] })],
  [
    "xargs",
    wrapper("IndLPsEa", "max-args max-procs delimiter arg-file max-chars process-slot-var", {
      stops: ["help", "version"],
    }),
  ],
  ["busybox", wrapper("", "", { stops: ["list", "list-full", "install", "help"] })],
  ["toybox", wrapper("", "", { stops: ["help", "version"] })],
]);

/** What a simple command comes to when everything that only wraps it is taken away. */
export type Unwrapped =
  | { readonly kind: "nothing" }
  | { readonly kind: "script"; readonly text: string }
  | {
      readonly kind: "command";
      readonly words: readonly [ShellWord, ...ShellWord[]];
      /** Whether further arguments come from somewhere else. */
      readonly fed: boolean;
    };

/** The name of a program without the directory where it lies. Case differs on some file systems. */
export function commandName(word: ShellWord): string {
  return word.text.slice(word.text.lastIndexOf("/") + 1).toLowerCase();
}

/** Takes assignments, reserved words and wrapping commands away until a command stands first. */
export function unwrap(words: readonly ShellWord[]): Unwrapped {
  let at = 0;
  let fed = false;
  for (;;) {
    const word = words[at];
    if (word === undefined) {
      return { kind: "nothing" };
    }
    if (isAssignment(word) || RESERVED.has(word.text)) {
      at += 1;
      continue;
    }
    if (word.text === "function") {
      at += 2;
      continue;
    }
    const found = word.dynamic ? undefined : WRAPPERS.get(commandName(word));
    if (found === undefined) {
      return { kind: "command", words: [word, ...words.slice(at + 1)], fed };
    }
    fed ||= commandName(word) === "xargs";
    const behind = skipOptions(words, at + 1, found);
    if (typeof behind !== "number") {
      return behind;
    }
    at = behind;
  }
}

/** Whether a word in front of a command sets a variable. */
export function isAssignment({ text }: ShellWord): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?\+?=/.test(text);
}

/** Where the wrapped command begins, or what the options make of it. */
function skipOptions(
  words: readonly ShellWord[],
  from: number,
  { values, longValues, stops, operands, assignments, splits }: Wrapper,
): number | Unwrapped {
  let at = from;
  for (let word = words[at]; word?.text.startsWith("-"); word = words[at]) {
    at += 1;
    if (word.text === "--") {
      break;
    }
    const option = readOption(word.text, values, stops, splits);
    if (option.kind === "stop") {
      return { kind: "nothing" };
    }
    if (option.kind === "split") {
      const [value, rest] =
        option.value === null ? [words[at]?.text ?? "", at + 1] : [option.value, at];
      // `env` knows escapes of its own for white space.
      const spaced = value.replace(/\\[_tnrfv]/g, " ");
      return { kind: "script", text: [spaced, ...words.slice(rest).map(quoted)].join(" ") };
    }
    if (option.kind === "value" || longValues.some((name) => word.text === `--${name}`)) {
      at += 1;
    }
  }
  while (assignments && isAssignment(words[at] ?? plainWord(""))) {
    at += 1;
  }
  return at + operands;
}

type Option =
  | { readonly kind: "flag" }
  | { readonly kind: "stop" }
  /** Its value is the next word. */
  | { readonly kind: "value" }
  | { readonly kind: "split"; readonly value: string | null };

function readOption(
  text: string,
  values: string,
  stops: readonly string[],
  splits: boolean,
): Option {
  if (text.startsWith("--")) {
    return readLongOption(text.slice(2), stops, splits);
  }
  for (let index = 1; index < text.length; index += 1) {
    const letter = text.charAt(index);
    const value = text.slice(index + 1);
    if (splits && letter === "S") {
      return { kind: "split", value: value === "" ? null : value };
    }
    if (stops.includes(letter)) {
      return { kind: "stop" };
    }
    if (values.includes(letter)) {
      return { kind: value === "" ? "value" : "flag" };
    }
  }
  return { kind: "flag" };
}

/** A long option may be cut short. */
function readLongOption(text: string, stops: readonly string[], splits: boolean): Option {
  const end = text.indexOf("=");
  const name = end === -1 ? text : text.slice(0, end);
  if (splits && "split-string".startsWith(name)) {
    return { kind: "split", value: end === -1 ? null : text.slice(end + 1) };
  }
  return { kind: stops.includes(name) ? "stop" : "flag" };
}

/** A word as the shell reads it back; one with an expansion stays as it was written. */
function quoted({ text, dynamic }: ShellWord): string {
  return dynamic ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
