import { utf8 } from "../../encoding.ts";
import { canonicalize } from "../../json/canonicalize.ts";
import { asU64 } from "../../json/value.ts";
import { stringLeaves } from "./leaves.ts";
import { holdsIf, type Judge } from "./outcome.ts";

/** `max_length`: no string of the arguments has more octets of UTF-8. */
export const maxLength: Judge = (value, { arguments: given }) => {
  const limit = asU64(value);
  return limit === undefined
    ? null
    : holdsIf(stringLeaves(given).every(({ text }) => octets(text) <= limit));
};

/** `max_args_size`: the compact JSON of the arguments has no more octets. */
export const maxArgsSize: Judge = (value, { arguments: given }) => {
  const limit = asU64(value);
  return limit === undefined ? null : holdsIf(octets(canonicalize(given)) <= limit);
};

function octets(text: string): number {
  return utf8(text).length;
}
