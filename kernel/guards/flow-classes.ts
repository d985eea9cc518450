import type { ToolCall } from "../evaluation/call.ts";
import { asText, isObject, type JsonValue, member } from "../json/value.ts";
import type { FlowClass } from "../policy/effective-policy.ts";
import type { ToolAction } from "./action.ts";
import { compileForbiddenPaths, DEFAULT_FORBIDDEN_PATH } from "./forbidden-path.ts";
import { parseTarget } from "./host.ts";
import { textLeaves } from "./leaves.ts";
import { networkTargets } from "./network-targets.ts";
import { isAddress } from "./paths.ts";
import { shellPaths } from "./shell-paths.ts";
import { unfoldShell } from "./shell-unfold.ts";

/**
 * What a call does to the flow of secrets, before it runs. Where that cannot be told, it counts: code can send
 * whatever it likes, and so can a command line whose words are computed.
 */
export function classesOf(action: ToolAction, call: ToolCall): readonly FlowClass[] {
  const classes: FlowClass[] = [];
  if (readsSecret(action, call.arguments)) {
    classes.push("secret-read");
  }
  if (call.boundary === "produce" || writesOut(action, call)) {
    classes.push("outbound-write");
  }
  return classes;
}

const SECRET_PATHS = compileForbiddenPaths(DEFAULT_FORBIDDEN_PATH);

/** The paths that hold secrets are those that are forbidden by default, whether or not a policy excepts some. */
function isSecretPath(text: string, sure: boolean): boolean {
  return !SECRET_PATHS.ok || SECRET_PATHS.value.forbids({ text, sure });
}

function readsSecret(action: ToolAction, callArguments: JsonValue): boolean {
  switch (action.kind) {
    case "file-write":
    case "patch":
    case "memory-write":
      return false;
    case "shell":
      return (
        shellPaths(action.command.text).some(({ text, sure }) => isSecretPath(text, sure)) ||
        words(action.command.text).some((word) => isSecretPath(word, false))
      );
    case "code":
      return words(action.source.text).some((word) => isSecretPath(word, false));
    case "file-read":
      return isSecretPath(action.path.text, true);
    case "egress":
    case "browser":
    case "database":
    case "memory-read":
    case "external-api":
    case "mcp-tool":
    case "malformed":
      return textLeaves(callArguments).some(
        ({ text }) => !isAddress(text) && isSecretPath(text, false),
      );
  }
}

function words(text: string): readonly string[] {
  return [...new Set(text.split(/[\s"'`<>|;&(){}=,:@]+/))].filter((word) => word !== "");
}

function writesOut(action: ToolAction, call: ToolCall): boolean {
  switch (action.kind) {
    case "egress":
      return carriesBody(call.arguments) || carriesQuery(action.url.text);
    case "browser":
      return READING_VERB.test(action.verb)
        ? carriesQuery(action.target?.text ?? "about:blank?")
        : !WATCHING_VERB.test(action.verb);
    case "shell":
      return sends(action.command.text);
    case "external-api":
    case "code":
    case "malformed":
      return true;
    case "mcp-tool":
      return SENDING_NAME.test(call.toolName) || reachesOut(action, call);
    case "file-read":
    case "file-write":
    case "patch":
    case "database":
    case "memory-read":
    case "memory-write":
      return false;
  }
}

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);
const BODY_NAMES = [
  "body",
  "data",
  "json",
  "form",
  "payload",
  "content",
  "files",
  "file",
  "params",
];

function carriesBody(callArguments: JsonValue): boolean {
  if (!isObject(callArguments)) {
    return true;
  }
  const method = asText(member(callArguments, "method") ?? "GET");
  return (
    !SAFE_METHODS.has(method?.toUpperCase() ?? "") ||
    BODY_NAMES.some((name) => (member(callArguments, name) ?? null) !== null)
  );
}

/** A query can carry anything out; so can what nobody can read. */
function carriesQuery(url: string): boolean {
  const target = parseTarget(url);
  return !target.ok || target.value.credentials || target.value.rest.includes("?");
}

const READING_VERB = /navigate|goto|open|visit/i;
const WATCHING_VERB = /screenshot|scroll|wait|back|forward|reload|close/i;
const SENDING_NAME =
  /send|post|publish|upload|push|mail|notify|submit|share|export|transfer|webhook|tweet|message|produce|emit|forward/i;

function reachesOut(action: ToolAction, call: ToolCall): boolean {
  return networkTargets(action, call).some(({ certainty }) => certainty === "stated");
}

const NETWORK_PROGRAMS: ReadonlySet<string> = new Set(
  "curl wget nc ncat netcat socat telnet ssh scp sftp rsync ftp tftp lftp http https httpie xh aria2c mail mailx sendmail mutt git svn hg docker kubectl aws gcloud gsutil az s3cmd rclone dig nslookup host ping eval base64 openssl python python3 node perl ruby php".split(
    " ",
  ),
);

function sends(command: string): boolean {
  return (
    /:\/\/|\/dev\/(?:tcp|udp)|[$`]/.test(command) ||
    words(command).some(isNetworkProgram) ||
    unfoldShell(command).commands.some(({ words: [name] }) => isNetworkProgram(name.text))
  );
}

function isNetworkProgram(word: string): boolean {
  return NETWORK_PROGRAMS.has(word.split("/").at(-1)?.toLowerCase() ?? "");
}
