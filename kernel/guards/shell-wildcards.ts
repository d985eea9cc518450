import { compileGlob } from "./glob.ts";
import type { ShellWord } from "./shell-script.ts";

/** Names under which secrets lie, and that a wildcard could stand for. */
const HIDDEN =
  ".ssh .aws .env .env.local .gnupg .kube .docker .npmrc .git-credentials .gitconfig .password-store .1password".split(
    " ",
  );
/** The same below the root. */
const SYSTEM = ["etc", "shadow", "passwd", "sudoers"];
const FROM_ROOT = /^(?:\/|\.\.\/)/;
/** What may stand in front of a path in one word: `--file=`, `@`. */
const FRONT = /^[^/*?[{]*[=@:]/;
const WILDCARD = /[*?[]/;
const LIST = /^([^{}]*)\{([^{}]*)\}(.*)$/s;

/** Readings of one word beyond this are not followed: no word that anybody writes has as many. */
const MAX_READINGS = 64;

/**
 * What a word with wildcards or lists in braces may become, as far as it is the name of a secret: `/etc/sh?dow`
 * is `/etc/shadow`. Wildcards at the start of a name do not stand for a leading dot.
 */
export function wildcardReadings({ text, wild }: ShellWord): readonly string[] {
  return wild ? listed(text.replace(FRONT, "")).flatMap(expanded).slice(0, MAX_READINGS) : [];
}

function listed(text: string): readonly string[] {
  let texts = [text];
  for (let round = 0; round < 4; round += 1) {
    texts = texts.flatMap(alternatives).slice(0, MAX_READINGS);
  }
  return texts;
}

function alternatives(text: string): readonly string[] {
  const [, before = "", list, after = ""] = LIST.exec(text) ?? [];
  return list === undefined ? [text] : list.split(",").map((one) => before + one + after);
}

function expanded(text: string): readonly string[] {
  const names = FROM_ROOT.test(text) ? [...HIDDEN, ...SYSTEM] : HIDDEN;
  let paths: readonly string[] = [""];
  for (const [index, segment] of text.split("/").entries()) {
    const choices = WILDCARD.test(segment) ? [segment, ...fitting(segment, names)] : [segment];
    paths = choices
      .flatMap((choice) => paths.map((path) => (index === 0 ? choice : `${path}/${choice}`)))
      .slice(0, MAX_READINGS);
  }
  return paths;
}

function fitting(pattern: string, names: readonly string[]): readonly string[] {
  const isHidden = pattern.startsWith(".");
  const candidates = names.filter((name) => name.startsWith(".") === isHidden);
  const glob = compileGlob(pattern.replaceAll("[^", "[!"));
  return glob.ok ? candidates.filter(glob.value) : [];
}
