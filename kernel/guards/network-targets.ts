import type { ToolCall } from "../evaluation/call.ts";
import type { Result } from "../result.ts";
import type { PlacedText, ToolAction } from "./action.ts";
import { parseTarget, type Target } from "./host.ts";
import { isCommandKey, memberNames, type TextLeaf, textLeaves } from "./leaves.ts";
import { shellHosts } from "./shell-hosts.ts";

/** A place in the arguments that says where a request may go. */
export interface NetworkTarget {
  readonly pointer: string;
  /** The error says why nobody can tell where it goes. */
  readonly target: Result<Target, string>;
  /** `hint`: a text that may be a host (an `address`, a URI of an unknown scheme); only what is clearly internal counts. */
  readonly certainty: "stated" | "hint";
}

/**
 * Every place that a call may send a request to: the address of an egress or browser call, URLs in command lines
 * and code, and in every other tool each text that is a URL or stands under a name that holds hosts. The name
 * of a tool is free to choose, so it decides nothing here but the reading of the text. An event goes to its topic:
 * the hosts in it are what it tells of, and its URLs are hints.
 */
export function networkTargets(
  action: ToolAction,
  { arguments: callArguments, boundary }: Pick<ToolCall, "arguments" | "boundary">,
): readonly NetworkTarget[] {
  const urls = memberNames(callArguments).flatMap(targetsOfUrl);
  const leaves = textLeaves(callArguments);
  if (boundary !== "tool" && action.kind === "mcp-tool") {
    const told = [...urls, ...leaves.flatMap(targetsOfUrl)];
    return told.map((target) => ({ ...target, certainty: "hint" }));
  }
  return [...urls, ...leaves.flatMap((leaf) => targetsOfLeaf(leaf, action))];
}

/** Of a text that is nothing but a URL. */
function targetsOfUrl({ text, pointer }: PlacedText): readonly NetworkTarget[] {
  const url = text.trim();
  return isUrl(url) && !url.includes(" ") ? wholeUrl(url, pointer) : [];
}

function isUrl(text: string): boolean {
  return WHOLE_URL.test(text) || HTTP.test(text);
}

function targetsOfLeaf(leaf: TextLeaf, action: ToolAction): readonly NetworkTarget[] {
  const { pointer, text, key } = leaf;
  if (pointer === destinationOf(action)) {
    return [{ pointer, target: parseTarget(text), certainty: "stated" }];
  }
  if (isCommandLine(leaf, action)) {
    return [...urlsOfProgram(text, pointer), ...commandTargets(text, pointer)];
  }
  if (action.kind === "code" && action.source.pointer === pointer) {
    return urlsOfProgram(text, pointer);
  }
  const trimmed = text.trim();
  return isUrl(trimmed) ? targetsOfUrl(leaf) : bareHost(trimmed, key, pointer);
}

/** The argument that is an address by the tool's own meaning. */
function destinationOf(action: ToolAction): string | null {
  if (action.kind === "egress") {
    return action.url.pointer;
  }
  return action.kind === "browser" && /navigate|goto|open|visit/i.test(action.verb)
    ? (action.target?.pointer ?? null)
    : null;
}

/** A shell by any name runs what stands under the name of a command. */
function isCommandLine({ key, pointer }: TextLeaf, action: ToolAction): boolean {
  return action.kind === "shell"
    ? isCommandKey(key) || action.command.pointer === pointer
    : action.kind === "mcp-tool" && isCommandKey(key);
}

function urlsOfProgram(text: string, pointer: string): readonly NetworkTarget[] {
  return urlsWithin(text).flatMap((url) => wholeUrl(url, pointer));
}

/** One or more schemes (`jdbc:mysql:`) and two slashes. */
const WHOLE_URL = /^(?:[a-z][a-z0-9+.-]{0,31}:){1,4}[/\\]{2}|^[/\\]{2}[a-z0-9[]/i;
const HTTP = /^https?:/i;

function urlsWithin(text: string): readonly string[] {
  return Array.from(
    text.matchAll(/[a-z][a-z0-9+.-]{0,31}:\/\/[^\s"'`<>|;&(),]*/gi),
    ([url]) => url,
  );
}

/** What a command line connects to without a scheme; the rest of it stands there with one. */
function commandTargets(command: string, pointer: string): readonly NetworkTarget[] {
  return shellHosts(command).flatMap((text) =>
    WHOLE_URL.test(text)
      ? wholeUrl(text, pointer)
      : [{ pointer, target: parseTarget(text), certainty: "stated" }],
  );
}

/** Schemes whose clients open a connection to the host that stands in the URL. */
const NETWORK_SCHEMES: ReadonlySet<string> = new Set(
  "ftp ftps sftp scp ssh git ws wss gopher telnet dict ldap ldaps smtp smtps imap imaps pop3 tftp mqtt mqtts redis rediss amqp amqps postgres postgresql mysql mongodb mongodb+srv git+ssh git+https git+http tcp udp tls rtsp smb nfs socks4 socks5 grpc".split(
    " ",
  ),
);

function wholeUrl(url: string, pointer: string): readonly NetworkTarget[] {
  const [prefix = ""] = /^(?:[a-z][a-z0-9+.-]{0,31}:)*/i.exec(url) ?? [];
  const scheme = prefix.slice(0, -1).split(":").at(-1)?.toLowerCase() ?? "";
  const after = url.slice(prefix.length);
  if (scheme === "" || scheme === "http" || scheme === "https") {
    return [
      { pointer, target: parseTarget(`${prefix && `${scheme}:`}${after}`), certainty: "stated" },
    ];
  }
  const target = parseTarget(`http:${after}`);
  if (NETWORK_SCHEMES.has(scheme)) {
    return [{ pointer, target, certainty: "stated" }];
  }
  return target.ok ? [{ pointer, target, certainty: "hint" }] : [];
}

/** Names of members whose text is a host or a URL, folded. */
const HOST_KEY =
  /^(?:urls?|href|hosts?|hostname|ip|ipaddress|webhook)$|(?:url|host|hostname|webhook)$/;
/** Names of members whose text is a host as often as something else. */
const HINT_KEY =
  /^(?:uri|link|src|endpoint|proxy|origin|domain|server|remote|address|target|destination|callback|peer|node)$|(?:uri|endpoint|address|server|proxy)$/;

function bareHost(text: string, key: string | null, pointer: string): readonly NetworkTarget[] {
  const name = (key ?? "").toLowerCase().replaceAll(/[-_]/g, "");
  const isRelative = text === "" || (/^[/.#?]/.test(text) && !/^[/\\]{2}/.test(text));
  if (isRelative || text.includes(" ")) {
    return [];
  }
  const target = parseTarget(text);
  if (HOST_KEY.test(name)) {
    return isOtherScheme(text, target) ? [] : [{ pointer, target, certainty: "stated" }];
  }
  return HINT_KEY.test(name) && target.ok ? [{ pointer, target, certainty: "hint" }] : [];
}

/** `mailto:`, `data:` and the like: nothing is connected to. */
function isOtherScheme(text: string, target: Result<Target, string>): boolean {
  return !target.ok && /^[a-z][a-z0-9+-]*:[^:]/i.test(text);
}

const FAMILIES: ReadonlySet<string> = new Set(["egress", "browser", "shell", "code"]);

/** A call that is known to reach out but lacks the argument that says where. */
export function missingTarget(action: ToolAction): { reason: string; pointer: string } | null {
  return action.kind === "malformed" && FAMILIES.has(action.family)
    ? { reason: `expected ${action.expected}`, pointer: action.pointer }
    : null;
}
