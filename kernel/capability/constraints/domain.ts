import { asciiLower, stringLeaves } from "./leaves.ts";
import { holdsIf, type Judge } from "./outcome.ts";

/** The longest domain name (RFC 1035). A longer text is matched by no glob, which bounds the work. */
const LONGEST_NAME = 253;

/** `domain_exact`: there is a domain, and every one is this one. */
export const domainExact: Judge = (value, { arguments: given }) => {
  if (typeof value !== "string") {
    return null;
  }
  const expected = asciiLower(trimDots(value.trim()));
  const domains = domainsOf(stringLeaves(given));
  return holdsIf(domains.length > 0 && domains.every((domain) => domain === expected));
};

/** `domain_glob`: there is a domain, and every one matches; `*` is any run, dots included. */
export const domainGlob: Judge = (value, { arguments: given }) => {
  if (typeof value !== "string") {
    return null;
  }
  const pattern = asciiLower(value);
  const domains = domainsOf(stringLeaves(given));
  return holdsIf(domains.length > 0 && domains.every((domain) => matchesGlob(pattern, domain)));
};

function domainsOf(leaves: readonly { readonly text: string }[]): readonly string[] {
  return leaves.flatMap(({ text }) => domainOf(text) ?? []);
}

/** The domain that a text names, as a URL's host or alone, in lower case; null where it names none. */
export function domainOf(text: string): string | null {
  const trimmed = text.trim();
  const scheme = trimmed.indexOf("://");
  const [authority = ""] = (scheme === -1 ? trimmed : trimmed.slice(scheme + 3)).split(/[/?#]/, 1);
  const [host = ""] = authority.slice(authority.lastIndexOf("@") + 1).split(":", 1);
  const domain = trimDots(host);
  const isName = domain.includes(".") && /^[A-Za-z0-9.-]+$/.test(domain);
  const lower = asciiLower(domain);
  return isName || lower === "localhost" ? lower : null;
}

/** By hand: a pattern for a run at the end would try every run in the middle. */
function trimDots(text: string): string {
  let start = 0;
  let end = text.length;
  while (text[start] === ".") {
    start += 1;
  }
  while (end > start && text[end - 1] === ".") {
    end -= 1;
  }
  return text.slice(start, end);
}

/**
 * Whether a domain matches a pattern whose only special character is `*`. The pattern is a token's word, so it
 * never becomes a regular expression: each literal is searched once, from where the one before it ended.
 */
export function matchesGlob(pattern: string, domain: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) {
    return domain === first;
  }
  if (domain.length > LONGEST_NAME || !domain.startsWith(first)) {
    return false;
  }
  let from = first.length;
  for (const literal of rest) {
    const at = domain.indexOf(literal, from);
    if (at === -1) {
      return false;
    }
    from = at + literal.length;
  }
  return domain.length - last.length >= from && domain.endsWith(last);
}
