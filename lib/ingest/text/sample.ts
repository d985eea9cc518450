/** Lines that a guess looks at. */
const MOST_LINES = 2_000;

/** The filled lines of a file's beginning, without their ends. */
export function sampleLines(sample: string): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < sample.length && lines.length < MOST_LINES; ) {
    const feed = sample.indexOf("\n", start);
    const end = feed < 0 ? sample.length : feed;
    const line = sample.slice(start, end > start && sample[end - 1] === "\r" ? end - 1 : end);
    if (line.trim() !== "") lines.push(line);
    start = end + 1;
  }
  return lines;
}

/** Whether at least this share of the lines is such. */
export function most(
  lines: readonly string[],
  share: number,
  isSuch: (line: string) => boolean,
): boolean {
  return lines.length > 0 && lines.filter(isSuch).length >= lines.length * share;
}

/** The count that most have, and how many have it. */
export function commonest(counts: Iterable<number>): {
  readonly value: number;
  readonly times: number;
} {
  const seen = new Map<number, number>();
  let best = { value: 0, times: 0 };
  for (const value of counts) {
    const times = (seen.get(value) ?? 0) + 1;
    seen.set(value, times);
    if (times > best.times) best = { value, times };
  }
  return best;
}

export function countTabs(line: string): number {
  let count = 0;
  for (let at = line.indexOf("\t"); at >= 0; at = line.indexOf("\t", at + 1)) count += 1;
  return count;
}
