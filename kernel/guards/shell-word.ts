import { isWild, plainWord, type ShellWord } from "./shell-script.ts";

/** Puts a word together from its parts. */
export class WordBuilder {
  readonly #text: string[] = [];
  readonly #bare: string[] = [];
  #dynamic = false;
  #splits = false;
  #quoted = false;
  #wild = false;

  get isEmpty(): boolean {
    return this.#text.length === 0;
  }

  /** Whether it is the number that stands before a redirection. */
  get isDescriptor(): boolean {
    return !this.#quoted && !this.#dynamic && /^\d+$/.test(this.#text.join(""));
  }

  add(text: string): void {
    this.#push(text);
    this.#wild ||= isWild(text);
  }

  addQuoted(text: string): void {
    this.#push(text);
    this.#quoted = true;
  }

  #push(text: string): void {
    this.#text.push(text);
    this.#bare.push(text);
  }

  addExpansion(source: string, splits: boolean): void {
    this.#text.push(source);
    this.#dynamic = true;
    this.#splits ||= splits;
  }

  /** One word, or several where it is a list in braces: `{rm,-rf,/}` is a command. */
  finish(): readonly ShellWord[] {
    const text = this.#text.join("");
    const list = this.#quoted || this.#dynamic ? null : listOf(text);
    return list === null
      ? [
          {
            text,
            bare: this.#bare.join(""),
            dynamic: this.#dynamic,
            splits: this.#splits,
            quoted: this.#quoted,
            wild: this.#wild,
          },
        ]
      : list.map(plainWord);
  }
}

/** The members of a list in braces that holds no other. */
function listOf(text: string): readonly string[] | null {
  const inner = text.slice(1, -1);
  const whole = text.startsWith("{") && text.endsWith("}") && inner.includes(",");
  return whole && !inner.includes("{") && !inner.includes("}") ? inner.split(",") : null;
}
