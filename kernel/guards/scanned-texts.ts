import { childPointer } from "../json/pointer.ts";
import { isArray, isObject, type JsonValue } from "../json/value.ts";
import type { PlacedText } from "./action.ts";
import { decodedViews } from "./disguise.ts";
import type { Detector } from "./secret-patterns.ts";

/** Characters of a text that are looked at together with its member's name. No pattern needs more. */
const PAIRED = 256;

/**
 * Every text in which a secret may stand: members' names (placed at their object, so that a pointer never repeats
 * one), texts, and each name with its text as JSON would write them, since `{"password": "…"}` is as plain as
 * `password=…`.
 */
export function scannedTexts(value: JsonValue): readonly PlacedText[] {
  const texts: PlacedText[] = [];
  collect(value, "", texts);
  return texts;
}

function collect(value: JsonValue, pointer: string, texts: PlacedText[]): void {
  if (typeof value === "string") {
    texts.push({ text: value, pointer });
  } else if (isArray(value)) {
    for (const [index, element] of value.entries()) {
      collect(element, childPointer(pointer, index), texts);
    }
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) {
      const place = childPointer(pointer, name);
      texts.push({ text: name, pointer });
      if (typeof item === "string") {
        texts.push({ text: pairedText(name, item), pointer: place });
      }
      collect(item, place, texts);
    }
  }
}

/** A member's name and the beginning of its text, as JSON writes them. */
export function pairedText(name: string, text: string): string {
  return JSON.stringify({ [name]: text.slice(0, PAIRED) });
}

/** The first thing that a detector finds in any of the texts, as they stand or decoded once, and where. */
export function findSecret(
  texts: readonly PlacedText[],
  detectors: readonly Detector[],
): { readonly name: string; readonly pointer: string } | null {
  for (const { text, pointer } of texts) {
    const views = [text, ...decodedViews(text)];
    const found = detectors.find(({ pattern }) => views.some((view) => pattern.test(view)));
    if (found !== undefined) {
      return { name: found.name, pointer };
    }
  }
  return null;
}
