import fc from "fast-check";
import type { JsonValue } from "../json/value.ts";

/** Well-formed Unicode of any plane, control characters and `__proto__` included. */
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("__proto__", "\u007f\u009f", '"\\/'),
);

/** JSON values as the parser yields them: exact u64 as bigint above 2^53, finite doubles below. */
export const arbitraryJson: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, true, false),
    text,
    fc.maxSafeInteger(),
    fc.bigInt(2n ** 53n, 2n ** 64n - 1n),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
