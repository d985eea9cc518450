/**
 * A JSON pointer as a person reads it: `/action/parameters/amount` is `parameters.amount`. The wrappers
 * that every receipt has (`receipt`, `action`) go; a member name that itself holds a dot or is empty stays
 * apart in brackets, so that two different places never read the same.
 */
export function fieldName(pointer: string): string {
  const tokens = pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (tokens[0] === "receipt" && tokens.length > 1) tokens.shift();
  if (tokens[0] === "action" && tokens.length > 1) tokens.shift();
  if (tokens.length === 0) return "the whole record";
  return tokens
    .map((token, at) =>
      token === "" || token.includes(".") ? `["${token}"]` : at === 0 ? token : `.${token}`,
    )
    .join("");
}
