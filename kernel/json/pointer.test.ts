import fc from "fast-check";
import { expect, it } from "vitest";
import { parseJson } from "./parse.ts";
import { childPointer, locate, resolvePointer } from "./pointer.ts";
import { isArray, isObject, type JsonValue } from "./value.ts";

it("builds and follows pointers, escapes included", () => {
  const value = { "a/b": [{ "~": 1 }], "": { "": 2 } };
  const pointer = childPointer(childPointer(childPointer("", "a/b"), "0"), "~");
  expect(pointer).toBe("/a~1b/0/~0");
  expect(resolvePointer(value, pointer)).toBe(1);
  expect(resolvePointer(value, "")).toBe(value);
  expect(resolvePointer(value, "//")).toBe(2);
});

it.each(["a", "/missing", "/a~2", "/list/01", "/list/-1", "/list/9", "/__proto__", "/list/length"])(
  "finds nothing at %s",
  (pointer) => {
    const text = '{"list":[1],"a~2":3}';
    expect(resolvePointer(JSON.parse(text), pointer)).toBeUndefined();
    expect(locate(text, pointer)).toBeNull();
  },
);

it("locates a value in its text", () => {
  const text = ' { "a" : [ 1 , "]\\"" , {"x\\u0079":-1.5e3} ] , "b":{} } ';
  const at = (pointer: string) => {
    const place = locate(text, pointer);
    return place && text.slice(place.start, place.end);
  };
  expect(at("/a/0")).toBe("1");
  expect(at("/a/1")).toBe('"]\\""');
  expect(at("/a/2/xy")).toBe("-1.5e3");
  expect(at("/a/2")).toBe('{"x\\u0079":-1.5e3}');
  expect(at("/b")).toBe("{}");
  expect(at("")).toBe(text.trim());
  expect(at("/a/3")).toBeNull();
});

it("locates what the parser read, everywhere in any value", () => {
  const visit = (text: string, value: JsonValue, pointer: string): void => {
    const place = locate(text, pointer);
    expect(parseJson(text.slice(place?.start, place?.end))).toMatchObject({ value: { value } });
    if (isArray(value)) {
      value.forEach((element, index) => {
        visit(text, element, childPointer(pointer, index));
      });
    } else if (isObject(value)) {
      for (const [name, inner] of Object.entries(value)) {
        visit(text, inner, childPointer(pointer, name));
      }
    }
  };
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), (generated, indent) => {
      const text = JSON.stringify(generated, null, indent);
      const parsed = parseJson(text);
      if (parsed.ok) {
        visit(text, parsed.value.value, "");
      }
    }),
    { numRuns: 300 },
  );
});
