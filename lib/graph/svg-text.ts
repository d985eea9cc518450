/** The picture's fonts: the page's own where they are installed, else what the system has. */
export const SANS =
  "Inter, 'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
export const MONO =
  "'JetBrains Mono', 'JetBrains Mono Variable', ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

/**
 * Text from a log, made fit for an XML document: what XML 1.0 forbids even as a reference is left out, halves
 * of surrogate pairs become U+FFFD, and the rest cannot end the text or begin a tag.
 */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(FORBIDDEN, "")
    .replace(MARKUP, (character) => REFERENCES.get(character) ?? "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stay
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;
const MARKUP = /[&<>"']/g;
const REFERENCES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

/** Attributes of an element; null leaves one out. */
export type Attributes = Readonly<Record<string, string | number | null>>;

/** One element. `content` is markup: text goes through {@link xmlText} before. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter((entry) => entry[1] !== null)
    .map(([key, value]) => ` ${key}="${xmlText(String(value))}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** A line of text. */
export function textLine(text: string, attributes: Attributes): string {
  return element("text", attributes, xmlText(text) || " ");
}
