/**
 * How one path can be spelled, and what it is after every spelling is undone (kernel semantics 2.3, 2.4).
 * The kernel has no file system: the resolved form of a path is its lexical form, and a symbolic link is
 * followed by nobody here. A dispatcher that opens files must resolve them again.
 */

/** Longer than any system takes; what is longer names no file. */
const MAX_PATH = 32_767;

/** A path in one spelling. Folded forms are compared without regard to case. */
export interface PathForm {
  readonly text: string;
  readonly folded: boolean;
}

/**
 * Separators made `/`, repeated ones one, `.` dropped and `..` resolved as text: never above the root of an
 * absolute path, kept at the start of a relative one. Empty is `.`.
 */
export function lexicalPath(path: string): string {
  return joinSegments(slashed(path), (segment) => segment);
}

/**
 * The path as the most lenient system would read it: compatibility characters, invisible and control
 * characters, dots and spaces at the end of a segment, and case make no difference.
 */
export function foldedPath(path: string): string {
  return joinSegments(slashed(foldedText(path)), foldedSegment);
}

/** What {@link foldedPath} does to a text that is no whole path, such as a literal of a pattern. */
export function foldedText(text: string): string {
  return text.normalize("NFKC").replace(INVISIBLE, "").toLowerCase().toUpperCase();
}

/**
 * Every form that a path has to be judged in: as written, percent-decoded once, cut at a NUL, as the
 * path of a `file:` address, and without what leads back to the root; each exactly and folded. Null where
 * a form is longer than any path can be.
 */
export function pathForms(path: string): readonly PathForm[] | null {
  const forms = new Map<string, PathForm>();
  for (const spelling of spellingsOf(path)) {
    for (const [text, folded] of [
      [lexicalPath(spelling), false],
      [foldedPath(spelling), true],
    ] as const) {
      if (text.length > MAX_PATH) {
        return null;
      }
      for (const alias of [text, withoutRootAlias(text)]) {
        forms.set(`${folded} ${alias}`, { text: alias, folded });
      }
    }
  }
  return [...forms.values()];
}

/** Whether a form starts at a root: `/`, or a drive. */
export function isAbsolutePath(form: string): boolean {
  return form.startsWith("/") || DRIVE.test(form);
}

/** Whether a form leaves the place where it starts, which nobody here knows. */
export function climbs(form: string): boolean {
  return form === ".." || form.startsWith("../");
}

/** A relative form as if it started at the root, or high enough to get there. */
export function fromRoot(form: string): string {
  let rest = form;
  while (rest.startsWith("../")) {
    rest = rest.slice(3);
  }
  return `/${rest}`;
}

/** Whether a text is an address of some scheme, and so no path; an address of a file is one. */
export function isAddress(text: string): boolean {
  return ADDRESS.test(text) && !FILE_ADDRESS.test(text);
}

/** Whether a text is the address of a file. */
export function isFileAddress(text: string): boolean {
  return FILE_ADDRESS.test(text);
}

const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;
const DRIVE = /^[A-Za-z]:(?:\/|$)/;
const ADDRESS = /^\s*[A-Za-z][A-Za-z0-9+.-]+:\/\//;
/** `view-source:` and the like may stand before it. */
const FILE_ADDRESS = /^\s*(?:[a-z-]{1,20}:)?file:/i;
const AUTHORITY = /^\/\/[^/]*/;
const PERCENT_RUNS = /(?:%[0-9A-Fa-f]{2})+/g;
const ROOT_ALIAS = /^\/(?:proc\/[^/]+(?:\/task\/[^/]+)?\/root|private)(?=\/|$)/i;
/** Where a process stands is not known here. */
const PLACE_ALIAS = /^[/\\]+proc[/\\]+[^/\\]+[/\\]+cwd(?=[/\\])[/\\]+/i;
/** A stream of a file by its own name is the file. */
const STREAM = /:(?:[^:/\\]*:)?\$DATA$/i;

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

function joinSegments(path: string, clean: (segment: string) => string): string {
  const absolute = path.startsWith("/");
  const kept: string[] = [];
  for (const raw of path.split("/")) {
    const segment = clean(raw);
    if (segment === "..") {
      if (kept.length > 0 && kept.at(-1) !== "..") {
        kept.pop();
      } else if (!absolute) {
        kept.push(segment);
      }
    } else if (segment !== "" && segment !== ".") {
      kept.push(segment);
    }
  }
  const joined = kept.join("/");
  if (absolute) {
    return `/${joined}`;
  }
  return joined === "" ? "." : joined;
}

/** Some systems drop dots and spaces at the end of a name; `..` with spaces behind it still climbs. */
function foldedSegment(segment: string): string {
  const trimmed = segment.trim();
  if (trimmed === "." || trimmed === "..") {
    return trimmed;
  }
  let end = segment.length;
  while (end > 0 && (segment[end - 1] === "." || segment[end - 1] === " ")) {
    end -= 1;
  }
  return segment.slice(0, end);
}

function spellingsOf(path: string): readonly string[] {
  const decoded = percentDecoded(path.normalize("NFKC"));
  const texts = [path, path.trim(), decoded, percentDecoded(decoded)].map((text) =>
    text.replace(STREAM, "").replace(PLACE_ALIAS, ""),
  );
  const spellings = new Set<string>();
  for (const text of texts) {
    for (const part of [text, text.slice(0, endAtNul(text))]) {
      spellings.add(FILE_ADDRESS.test(part) ? pathOfAddress(part) : part);
    }
  }
  return [...spellings];
}

/** A program in C reads a name up to the NUL. */
function endAtNul(text: string): number {
  const nul = text.indexOf("\0");
  return nul === -1 ? text.length : nul;
}

function pathOfAddress(address: string): string {
  const rest = address.replace(FILE_ADDRESS, "").replace(AUTHORITY, "");
  const end = rest.search(/[?#]/);
  return end === -1 ? rest : rest.slice(0, end);
}

function percentDecoded(text: string): string {
  return text.replace(PERCENT_RUNS, decodedRun);
}

/** What is no UTF-8 becomes characters octet by octet. */
function decodedRun(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    return run
      .slice(1)
      .split("%")
      .map((digits) => String.fromCharCode(Number.parseInt(digits, 16)))
      .join("");
  }
}

/** `/proc/self/root/etc` and, on one system, `/private/etc` are `/etc`. */
function withoutRootAlias(form: string): string {
  let rest = form;
  while (ROOT_ALIAS.test(rest)) {
    rest = rest.replace(ROOT_ALIAS, "");
  }
  return rest === "" ? "/" : rest;
}
