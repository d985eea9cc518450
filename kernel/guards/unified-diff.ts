/** What a patch does, as far as its text tells. */
export interface DiffFacts {
  readonly additions: number;
  readonly deletions: number;
  /** The added lines without their sign. */
  readonly added: readonly string[];
  /** The files that the diff itself names, in order. */
  readonly targets: readonly string[];
}

/**
 * Reads a unified diff, a git diff, or an `apply_patch` envelope. Within a hunk each line counts by its sign for
 * as long as the hunk's own figures say, so that an added line which begins with `++` is not taken for a header;
 * three header lines in a row are headers wherever they stand, because some tools ignore the figures.
 */
export function readDiff(diff: string): DiffFacts {
  const lines = diff.split("\n").map((line) => line.replace(/\r$/, ""));
  const added: string[] = [];
  const targets: string[] = [];
  let deletions = 0;
  let hunk = { old: 0, new: 0 };
  for (const [index, line] of lines.entries()) {
    const inHunk = hunk.old > 0 || hunk.new > 0;
    const header = isHeader(lines, index) || !inHunk ? headerTargets(line) : null;
    if (header !== null) {
      targets.push(...header);
      continue;
    }
    hunk = inHunk ? afterLine(hunk, line) : (hunkStart(line) ?? hunk);
    if (line.startsWith("+")) {
      added.push(line.slice(1));
    } else if (line.startsWith("-")) {
      deletions += 1;
    }
  }
  return { additions: added.length, deletions, added, targets };
}

/** Whether a text is a diff by its header lines, whatever it is called. */
export function looksLikeDiff(text: string): boolean {
  return /^(?:diff --git |\*\*\* Begin Patch|@@ -[0-9]|--- [^\n]*\n\+\+\+ )/m.test(text);
}

interface Hunk {
  readonly old: number;
  readonly new: number;
}

function hunkStart(line: string): Hunk | null {
  const figures = /^@@ -[0-9]+(?:,([0-9]{1,9}))? \+[0-9]+(?:,([0-9]{1,9}))? @@/.exec(line);
  return figures === null ? null : { old: Number(figures[1] ?? 1), new: Number(figures[2] ?? 1) };
}

const OVER: Hunk = { old: 0, new: 0 };

function afterLine(hunk: Hunk, line: string): Hunk {
  switch (line.charAt(0)) {
    case "+":
      return { old: hunk.old, new: hunk.new - 1 };
    case "-":
      return { old: hunk.old - 1, new: hunk.new };
    case " ":
    case "":
      return { old: hunk.old - 1, new: hunk.new - 1 };
    case "\\":
      return hunk;
    default:
      return hunkStart(line) ?? OVER;
  }
}

/** Whether a line belongs to `---`, `+++`, `@@` in a row. */
function isHeader(lines: readonly string[], index: number): boolean {
  return [index, index - 1].some(
    (start) =>
      lines[start]?.startsWith("--- ") === true &&
      lines[start + 1]?.startsWith("+++ ") === true &&
      lines[start + 2]?.startsWith("@@") === true,
  );
}

const NAMED =
  /^(?:--- |\+\+\+ |rename from |rename to |copy from |copy to |Index: |\*\*\* Add File: |\*\*\* Update File: |\*\*\* Delete File: |\*\*\* Move to: )(.*)$/;

/** The files that a header line names; null where the line is no header. */
function headerTargets(line: string): readonly string[] | null {
  const name = NAMED.exec(line)?.[1];
  if (name !== undefined) {
    return [fileName(name)].filter((target) => target !== "/dev/null");
  }
  if (!line.startsWith("diff --git ")) {
    return null;
  }
  const [, before, after] = /^diff --git (a\/.*) (b\/.*)$/.exec(line) ?? [];
  return before === undefined || after === undefined ? [line] : [before, after];
}

/** Without the time stamp after a tab, and without git's quotes. */
function fileName(text: string): string {
  const name = text.split("\t")[0]?.trim() ?? "";
  return name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1) : name;
}
