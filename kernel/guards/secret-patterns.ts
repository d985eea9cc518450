import type { Pattern, Span } from "../regex.ts";

/** What a secret looks like: `pattern` is an RE2 source, `(?i)` in front where case does not matter. */
export interface SecretPattern {
  readonly name: string;
  readonly pattern: string;
}

/**
 * The secrets that are known by their form (kernel semantics 2.10). Every PEM private key counts, whatever
 * its kind, where upstream knows `RSA` and none. Each pattern is linear on a backtracking engine as well: no
 * two neighbouring runs can take the same character, or one of them is bounded.
 */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  { name: "aws_access_key", pattern: "AKIA[0-9A-Z]{16}" },
  {
    name: "aws_secret_key",
    pattern: `(?i)aws[_\\-]?secret[_\\-]?access[_\\-]?key['"]?\\s*[:=]\\s*['"]?[A-Za-z0-9/+=]{40}`,
  },
  { name: "github_token", pattern: "gh[ps]_[A-Za-z0-9]{36}" },
  { name: "github_pat", pattern: "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}" },
  { name: "openai_key", pattern: "sk-[A-Za-z0-9]{48}" },
  { name: "openai_project_key", pattern: "sk-proj-[A-Za-z0-9]{48,}" },
  { name: "anthropic_key", pattern: "sk-ant-[A-Za-z0-9\\-]{95}" },
  { name: "anthropic_api03_key", pattern: "sk-ant-api03-[A-Za-z0-9_\\-]{93}" },
  { name: "private_key", pattern: "-----BEGIN[^\\-]*PRIVATE\\s+KEY[^\\-]{0,16}-----" },
  { name: "npm_token", pattern: "npm_[A-Za-z0-9]{36}" },
  { name: "slack_token", pattern: "xox[baprs]-[0-9]{10,13}-[0-9]{10,13}[a-zA-Z0-9\\-]*" },
  { name: "stripe_secret_key", pattern: "sk_live_[A-Za-z0-9]{24,}" },
  { name: "stripe_restricted_key", pattern: "rk_live_[A-Za-z0-9]{24,}" },
  { name: "gcp_service_account", pattern: `"type"\\s*:\\s*"service_account"` },
  {
    name: "azure_key_vault_token",
    pattern: `(?i)azure[_\\-]?(?:key[_\\-]?vault|kv)[_\\-]?(?:secret|token|key)['"]?\\s*[:=]\\s*['"]?[A-Za-z0-9+/=_\\-]{32,}`,
  },
  { name: "gitlab_pat", pattern: "glpat-[A-Za-z0-9_\\-]{20,}" },
  {
    name: "generic_api_key",
    pattern: `(?i)(api[_\\-]?key|apikey)['"]?\\s*[:=]\\s*['"]?[A-Za-z0-9]{32,}`,
  },
  {
    name: "generic_secret",
    pattern: `(?i)(secret|password|passwd|pwd)['"]?\\s*[:=]\\s*['"]?[A-Za-z0-9!@#$%^&*]{8,}`,
  },
];

/** One thing to look for in a text. */
export interface Detector {
  readonly name: string;
  readonly pattern: Pattern;
}

/**
 * A pattern on the platform's own engine, which is the fastest. Only for sources that stand in this project:
 * it backtracks.
 */
export function ownPattern(source: string): Pattern {
  const insensitive = source.startsWith("(?i)");
  const body = insensitive ? source.slice(4) : source;
  const once = new RegExp(body, insensitive ? "i" : "");
  const every = new RegExp(body, insensitive ? "gi" : "g");
  return {
    test: (text) => once.test(text),
    spans: (text) =>
      Array.from(text.matchAll(every), ({ index, 0: { length } }) => ({
        start: index,
        end: index + length,
      })),
  };
}

export const SECRET_DETECTORS: readonly Detector[] = SECRET_PATTERNS.map(({ name, pattern }) => ({
  name,
  pattern: ownPattern(pattern),
}));

const PRIVATE_KEY_END = /-----END[^-]*-----/;

/**
 * Where a detector finds something, to take it out: of a private key the whole block, up to its end line or,
 * where that is missing, to the end of the text.
 */
export function removalSpans({ name, pattern }: Detector, text: string): readonly Span[] {
  const spans = pattern.spans(text);
  return name === "private_key" ? spans.map((span) => wholeBlock(span, text)) : spans;
}

function wholeBlock({ start, end }: Span, text: string): Span {
  const close = PRIVATE_KEY_END.exec(text.slice(end));
  return { start, end: close === null ? text.length : end + close.index + close[0].length };
}
