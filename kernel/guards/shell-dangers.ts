import { lexicalPath } from "./paths.ts";
import { placed } from "./shell-directory.ts";
import {
  hasUnknownOptions,
  mayNameProtected,
  namesProtected,
  removesRecursively,
} from "./shell-removal.ts";
import { plainWord, type ShellRedirect, type ShellWord } from "./shell-script.ts";
import type { RunCommand } from "./shell-unfold.ts";
import { commandName } from "./shell-wrappers.ts";

/** Devices that nothing is lost on. */
const HARMLESS_DEVICE =
  /^\/dev\/(?:null|zero|full|random|urandom|tty|stdin|stdout|stderr|(?:fd|shm|pts|tcp|udp)(?:\/.*)?)$/;
const FORMATTING = new Set(["mke2fs", "wipefs", "blkdiscard", "newfs"]);
const REMOVING = new Set(["rm", "unlink", "shred"]);
const NETCATS = new Set(["nc", "ncat", "netcat", "nc.traditional", "nc.openbsd"]);
/** The options that tie a program to the connection. */
const TYING = /^-(?:[A-Za-z0-9]*[ec]|-(?:exec|sh-exec|lua-exec)(?:=|$))/;
const EXECUTING = new Set(["-exec", "-execdir", "-ok", "-okdir"]);

/** Why a command must not run, whatever the policy's patterns say; null where nothing is known against it. */
export function dangerOf(command: RunCommand): string | null {
  const { words } = command;
  const [name, ...rest] = words;
  if (isUnknown(name)) {
    const harmless = command.compared && !words.some(namesProtected);
    return harmless ? null : `the command ${name.text} is not known before it runs`;
  }
  const program = commandName(name);
  if (program === "rm") {
    return removalDanger(command, rest);
  }
  if (program === "find") {
    return findDanger(rest);
  }
  if (program === "dd") {
    return ddDanger(rest);
  }
  if (NETCATS.has(program) && rest.some(({ text }) => TYING.test(text))) {
    return `${program} hands a program to the network`;
  }
  if (program === "socat" && rest.some(({ text }) => /^(?:exec|system|shell):/i.test(text))) {
    return "socat hands a program to the network";
  }
  if (WRITING.has(program)) {
    const device = rest.find(({ text }) => isDevice(text));
    return device === undefined ? null : overwrites(device.text);
  }
  if (program.startsWith("mkfs") || FORMATTING.has(program)) {
    return `${program} writes over a device`;
  }
  return null;
}

/** Commands that write to every file that they name. */
const WRITING = new Set(["tee", "shred"]);

/** Why a redirection must not be made. */
export function redirectDanger({ operator, target }: ShellRedirect): string | null {
  return operator.includes(">") && isDevice(target.text) ? overwrites(target.text) : null;
}

/** The name of a command is a value, a pattern or a list that only the shell knows. */
function isUnknown({ text, bare, dynamic, splits, quoted }: ShellWord): boolean {
  if (dynamic) {
    return splits || bare.slice(bare.lastIndexOf("/") + 1) === "" || !text.endsWith(bareName(bare));
  }
  const listed = text.includes("{") && text.includes(",");
  return !quoted && text.length > 1 && text !== "[[" && (listed || /[*?]|\[./.test(text));
}

function bareName(bare: string): string {
  return bare.slice(bare.lastIndexOf("/"));
}

function removalDanger(command: RunCommand, words: readonly ShellWord[]): string | null {
  if (removesRecursively(words)) {
    const target =
      words.find(mayNameProtected) ??
      words.map((word) => placed(word, command.directory)).find(namesProtected);
    if (target !== undefined) {
      return `a recursive removal of ${target.text}`;
    }
    return command.fed ? "a recursive removal of what another program lists" : null;
  }
  if (hasUnknownOptions(words) && words.some(namesProtected)) {
    return "a removal of a protected directory with unknown options";
  }
  return command.fed && command.behindProtected
    ? "a removal of everything below a protected directory"
    : null;
}

function findDanger(words: readonly ShellWord[]): string | null {
  const end = words.findIndex(({ text }, index) => index > 0 && /^[-(!]/.test(text));
  const starts = end === -1 ? words : words.slice(0, end);
  const removes = words.some(
    ({ text }, index) =>
      text === "-delete" ||
      (EXECUTING.has(text) && REMOVING.has(commandName(words[index + 1] ?? plainWord("")))),
  );
  const start = starts.find(namesProtected);
  return removes && start !== undefined ? `a removal of everything below ${start.text}` : null;
}

function ddDanger(words: readonly ShellWord[]): string | null {
  for (const { text, bare, dynamic } of words) {
    if (text.startsWith("of=") && (isDevice(text.slice(3)) || (dynamic && bare === "of="))) {
      return overwrites(text.slice(3));
    }
  }
  return null;
}

function isDevice(text: string): boolean {
  const path = lexicalPath(text);
  return path.startsWith("/dev/") && !HARMLESS_DEVICE.test(path);
}

function overwrites(target: string): string {
  return `the device ${target} would be written over`;
}
