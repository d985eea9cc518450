import { plainWord, type ShellWord } from "./shell-script.ts";

const LIST = /^\{([^{}]*,[^{}]*)\}$/;

/** Puts a word together from its parts. */
export class WordBuilder {
  readonly #text: string[] = [];
  readonly #bare: string[] = [];
  #dynamic = false;
  #splits = false;
  #quoted = false;

  get isEmpty(): boolean {
    return this.#text.length === 0;
  }

  /** Whether it is the number that stands before a redirection. */
  get isDescriptor(): boolean {
    return !this.#quoted && !this.#dynamic && /^\d+$/.test(this.#text.join(""));
  }

  add(text: string): void {
    this.#text.push(text);
    this.#bare.push(text);
  }

  addQuoted(text: string): void {
    this.add(text);
    this.#quoted = true;
  }

  addExpansion(source: string, splits: boolean): void {
    this.#text.push(source);
    this.#dynamic = true;
    this.#splits ||= splits;
  }

  /** One word, or several where it is a list in braces: `{rm,-rf,/}` is a command. */
  finish(): readonly ShellWord[] {
    const text = this.#text.join("");
    const list = this.#quoted || this.#dynamic ? undefined : LIST.exec(text)?.[1];
    return list === undefined
      ? [
          {
            text,
            bare: this.#bare.join(""),
            dynamic: this.#dynamic,
            splits: this.#splits,
            quoted: this.#quoted,
          },
        ]
      : list.split(",").map(plainWord);
  }
}
