/**
 * How far each line of a path is set in: a line below a join, where several causes come together, stands one
 * step further in than the join; a plain sequence stays on one edge, however long it is.
 *
 * @param lines in pre-order: a step, then its causes one level deeper
 */
export function pathIndents(lines: readonly { readonly level: number }[]): readonly number[] {
  const above: number[] = [];
  const causes = new Int32Array(lines.length);
  const latest: number[] = [];
  lines.forEach(({ level }, at) => {
    const parent = level > 0 ? (latest[level - 1] ?? -1) : -1;
    above.push(parent);
    if (parent >= 0) causes[parent] = (causes[parent] ?? 0) + 1;
    latest[level] = at;
  });
  const indents: number[] = [];
  for (const parent of above) {
    const joins = parent >= 0 && (causes[parent] ?? 0) > 1;
    indents.push((indents[parent] ?? 0) + (joins ? 1 : 0));
  }
  return indents;
}
