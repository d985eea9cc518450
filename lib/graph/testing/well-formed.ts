/** What an XML parser would refuse in a document of elements, attributes and text; null where nothing is. */
export function xmlFault(text: string): string | null {
  if (ILLEGAL.test(text)) return "a character that XML 1.0 forbids";
  if (!text.isWellFormed()) return "half of a surrogate pair";
  const open: string[] = [];
  let roots = 0;
  let last = 0;
  for (const tag of text.matchAll(TAG)) {
    const between = text.slice(last, tag.index);
    if (between.includes("<") || BARE.test(between))
      return `text at ${last}: ${between.slice(0, 60)}`;
    if (open.length === 0 && between.trim() !== "") return `text outside at ${last}`;
    last = tag.index + tag[0].length;
    const [, closing, name = "", attributes = "", alone] = tag;
    if (closing === "/") {
      if (open.pop() !== name) return `</${name}> closes nothing`;
      continue;
    }
    const fault = attributesFault(attributes);
    if (fault !== null) return `<${name}>: ${fault}`;
    if (open.length === 0) roots++;
    if (alone !== "/") open.push(name);
  }
  if (text.slice(last).trim() !== "") return "something after the end";
  if (open.length > 0) return `<${open.at(-1)}> stays open`;
  return roots === 1 ? null : `${roots} roots`;
}

function attributesFault(text: string): string | null {
  const seen = new Set<string>();
  let last = 0;
  for (const attribute of text.matchAll(ATTRIBUTE)) {
    if (text.slice(last, attribute.index) !== "") return "something between attributes";
    last = attribute.index + attribute[0].length;
    const [, name = "", value = ""] = attribute;
    if (seen.has(name)) return `${name} twice`;
    seen.add(name);
    if (value.includes("<") || BARE.test(value)) return `${name} is not escaped`;
  }
  return text.slice(last) === "" ? null : "what is no attribute";
}

const TAG = /<(\/?)([a-zA-Z][\w-]*)((?:\s+[a-zA-Z][\w:-]*="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /\s+([a-zA-Z][\w:-]*)="([^"]*)"/g;
const BARE = /&(?!(?:amp|lt|gt|quot|#39);)/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a parser refuses
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
