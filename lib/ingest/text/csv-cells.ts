/** Cells that a line may have: a hostile one is all commas. */
const MOST_CELLS = 64;

/**
 * The cells of one row of RFC 4180. A quote opens only at the beginning of a cell, and what stands behind a
 * closing quote belongs to the cell. Null where a quote is not closed, or for too many cells. One pass.
 */
export function quotedCells(text: string): readonly string[] | null {
  const cells: string[] = [];
  for (let at = 0; cells.length < MOST_CELLS; ) {
    let cell = "";
    let from = at;
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close < 0) return null;
      const inside = text.slice(at + 1, close);
      cell = inside.includes('""') ? inside.replaceAll('""', '"') : inside;
      from = close + 1;
    }
    const comma = text.indexOf(",", from);
    cells.push(cell + text.slice(from, comma < 0 ? text.length : comma));
    if (comma < 0) return cells;
    at = comma + 1;
  }
  return null;
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}

/**
 * Cells that were joined by commas without quotes, where JSON holds commas of its own: an object, list or
 * text of JSON at the beginning of a cell reaches as far as JSON does. Null for too many cells.
 */
export function jsonCells(text: string): readonly string[] | null {
  const cells: string[] = [];
  for (let at = 0; cells.length < MOST_CELLS; ) {
    const end = jsonEnd(text, at);
    const isWhole = end > at && (end === text.length || text[end] === ",");
    const comma = isWhole ? end : text.indexOf(",", at);
    const stop = comma < 0 ? text.length : comma;
    cells.push(text.slice(at, stop));
    if (stop === text.length) return cells;
    at = stop + 1;
  }
  return null;
}

/** Behind the object, list or text that begins here; the beginning itself where none does or it is not closed. */
function jsonEnd(text: string, from: number): number {
  const first = text[from];
  if (first !== "{" && first !== "[" && first !== '"') return from;
  let depth = 0;
  let isText = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (isText) {
      if (sign === 0x5c) at += 1;
      else if (sign === 0x22) isText = false;
    } else if (sign === 0x22) isText = true;
    else if (sign === 0x7b || sign === 0x5b) depth += 1;
    else if (sign === 0x7d || sign === 0x5d) depth -= 1;
    if (!isText && depth <= 0) return at + 1;
  }
  return from;
}

/** The cells between commas and nothing else, or null for too many. */
export function plainCells(text: string): readonly string[] | null {
  const cells = text.split(",", MOST_CELLS + 1);
  return cells.length > MOST_CELLS ? null : cells;
}
