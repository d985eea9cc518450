import type { ShellWord } from "./shell-script.ts";
import { unfoldShell } from "./shell-unfold.ts";
import { commandName } from "./shell-wrappers.ts";

/** How a program that opens connections names them. */
interface Client {
  /** Short options whose value is no host. */
  readonly values: string;
  /** Whether every operand is a target; else the first alone. */
  readonly every: boolean;
}

const CLIENTS: ReadonlyMap<string, Client> = new Map([
  ["curl", { values: "AbcCdDeEFHKmoPQrtTuUwXyYz", every: true }],
  ["wget", { values: "aABDiIloOPQRtTUwX", every: true }],
  ["nc", { values: "cegGiIMmOpqsTVwWX", every: false }],
  ["ncat", { values: "cegGimopswx", every: false }],
  ["netcat", { values: "cegGiIMmOpqsTVwWX", every: false }],
  ["telnet", { values: "ebln", every: false }],
  ["ssh", { values: "BbcDEeFIiLlmOopQRSWw", every: false }],
  ["sftp", { values: "BbcDFiloPRSs", every: false }],
  ["ftp", { values: "", every: false }],
  ["ping", { values: "cFIilMmpQSsTtWw", every: false }],
]);

/** Long options whose value is a word of its own and no host. */
const LONG_VALUES: ReadonlySet<string> = new Set(
  "header data data-raw data-ascii data-binary data-urlencode json form form-string output output-dir request user user-agent cookie cookie-jar max-time connect-timeout retry retry-delay retry-max-time cacert cert cert-type key key-type write-out upload-file referer range limit-rate dump-header post-data post-file body-data method output-document directory-prefix tries timeout wait user password exec sh-exec source source-port".split(
    " ",
  ),
);

const DEVICE = /\/dev\/(?:tcp|udp)\/([^/\s"'`;|&<>()]+)/g;
const COPIED = /^(?:[^@/:]*@)?([^/:[\]]+|\[[^\]]*\]):/;

/**
 * The hosts and URLs that a command line connects to without naming a scheme: operands of the usual clients, hosts
 * that files are copied from or to, and `/dev/tcp`. Empty where a client takes its target from somewhere else.
 */
export function shellHosts(command: string): readonly string[] {
  const { scripts, commands } = unfoldShell(command);
  const devices = scripts.flatMap(({ text }) =>
    Array.from(text.matchAll(DEVICE), ([, host = ""]) => host),
  );
  return [...devices, ...commands.flatMap(({ words, fed }) => hostsOf(words, fed))];
}

function hostsOf([name, ...rest]: readonly [ShellWord, ...ShellWord[]], fed: boolean) {
  const program = commandName(name);
  if (program === "scp" || program === "rsync") {
    return rest.flatMap(({ text }) => (text.includes("://") ? [] : (COPIED.exec(text)?.[1] ?? [])));
  }
  const client = CLIENTS.get(program);
  if (client === undefined) {
    return [];
  }
  const operands = operandsOf(rest, client.values);
  return [...(client.every ? operands : operands.slice(0, 1)), ...(fed ? [""] : [])];
}

/** A word behind an option that is not known is an operand: it may be one. */
function operandsOf(words: readonly ShellWord[], values: string): readonly string[] {
  const operands: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const { text = "" } = words[at] ?? {};
    if (!/^-./.test(text)) {
      operands.push(text);
    } else if (takesValue(text, values)) {
      at += 1;
    }
  }
  return operands;
}

/** In a cluster of short options the first that takes a value takes the rest of the word, or else the next. */
function takesValue(option: string, values: string): boolean {
  if (option.startsWith("--")) {
    return LONG_VALUES.has(option.slice(2));
  }
  return (
    Array.from(option.slice(1)).findIndex((letter) => values.includes(letter)) === option.length - 2
  );
}
