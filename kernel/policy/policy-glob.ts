/**
 * Whether a policy glob covers a whole name (kernel semantics 7.3): `**` is any run, `*` any run without `/`,
 * `?` one character. Every other character is itself. Takes time in the product of both lengths at most: the
 * set of places in the name that the pattern so far can end at is carried along. Beyond 256 characters a glob
 * counts as covering: it asks for a confirmation, and one too many is the safe side.
 */
export function matchesPolicyGlob(glob: string, name: string): boolean {
  if (glob.length > MAX_LENGTH || name.length > MAX_LENGTH) {
    return true;
  }
  const characters = [...name];
  let ends: readonly boolean[] = [true, ...characters.map(() => false)];
  for (const token of tokensOf(glob)) {
    ends = advance(ends, token, characters);
  }
  return ends.at(-1) === true;
}

const MAX_LENGTH = 256;

function tokensOf(glob: string): readonly string[] {
  return glob.match(/\*\*|./gsu) ?? [];
}

/** Element i: whether the pattern up to and with the token can end after i characters. */
function advance(
  ends: readonly boolean[],
  token: string,
  characters: readonly string[],
): readonly boolean[] {
  if (token !== "*" && token !== "**") {
    const fits = characters.map((character) => token === "?" || token === character);
    return [false, ...fits.map((fit, index) => fit && ends[index] === true)];
  }
  let inRun = ends[0] === true;
  const next = [inRun];
  for (const [index, character] of characters.entries()) {
    inRun = ends[index + 1] === true || (inRun && (token === "**" || character !== "/"));
    next.push(inRun);
  }
  return next;
}
