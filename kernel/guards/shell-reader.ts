import { shellEscape } from "./shell-escape.ts";
import type { NestedScript } from "./shell-script.ts";
import { WordBuilder } from "./shell-word.ts";

/** Deeper than anybody writes; each level is a call of its own. */
export const MAX_NESTING = 16;

/** Each group in a group is read twice: as arithmetic first. */
const MAX_GROUPS = 64;

const NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]/y;

/** Reads quotes and expansions into the word at hand, and keeps every script that it meets inside them. */
export abstract class ShellReader {
  protected readonly text: string;
  protected readonly nested: NestedScript[] = [];
  protected at: number;
  protected word = new WordBuilder();
  protected problem: string | null = null;
  /** Where `((` was tried as arithmetic and is a group: never tried twice, by no reader of this text. */
  protected readonly noArithmetic: Set<number>;
  private level = 0;

  constructor(text: string, at: number, noArithmetic: Set<number>) {
    this.text = text;
    this.at = at;
    this.noArithmetic = noArithmetic;
  }

  protected abstract endWord(): void;

  /** Reads the script that begins at `from`, adds what stands from `start` on to the word. */
  protected abstract substitution(start: number, from: number, splits: boolean): void;

  protected fail(problem: string): void {
    this.problem = problem;
  }

  protected single(): void {
    const end = this.text.indexOf("'", this.at + 1);
    if (end === -1) {
      this.fail("a quote is not closed");
      return;
    }
    this.word.addQuoted(this.text.slice(this.at + 1, end));
    this.at = end + 1;
  }

  protected double(): void {
    this.word.addQuoted("");
    this.at += 1;
    while (this.problem === null) {
      const character = this.text.charAt(this.at);
      if (character === '"') {
        this.at += 1;
        return;
      }
      if (character === "") {
        this.fail("a quote is not closed");
      } else if (character === "$") {
        this.expansion(true);
      } else if (character === "`") {
        this.backticks(true);
      } else if (character === "\\" && '$`"\\\n'.includes(this.text.charAt(this.at + 1))) {
        this.escape();
      } else {
        this.word.addQuoted(character);
        this.at += 1;
      }
    }
  }

  protected escape(): void {
    const next = this.text.charAt(this.at + 1);
    if (next !== "\n") {
      this.word.addQuoted(next);
    }
    this.at += 2;
  }

  protected expansion(quoted: boolean): void {
    const start = this.at;
    const next = this.text[start + 1];
    if (next === "(") {
      const end = this.text[start + 2] === "(" ? this.arithmetic(start + 3) : null;
      if (end === null) {
        this.substitution(start, start + 2, !quoted);
      } else {
        this.word.addExpansion(this.text.slice(start, end), false);
        this.at = end;
      }
    } else if (next === "{") {
      const end = this.braces(start + 2, quoted);
      this.addVariable(start, end, quoted);
    } else if (next === "'" && !quoted) {
      this.escapedQuote();
    } else if (next === '"' && !quoted) {
      this.at += 1;
    } else {
      NAME.lastIndex = start + 1;
      const name = NAME.exec(this.text)?.[0] ?? "";
      this.addVariable(start, start + 1 + name.length, quoted);
    }
  }

  /** White space by another name ends a word. */
  private addVariable(start: number, end: number, quoted: boolean): void {
    const source = this.text.slice(start, end);
    if (source === "$") {
      this.word.add("$");
    } else if (!quoted && /^\$\{?IFS/.test(source)) {
      this.endWord();
    } else {
      this.word.addExpansion(source, !quoted);
    }
    this.at = end;
  }

  /** Behind the brace that closes a parameter; scripts in it are kept. */
  private braces(from: number, quoted: boolean): number {
    return this.skip(from, "a parameter is not closed", (character) => {
      if (character === "'" && !quoted) {
        const end = this.text.indexOf("'", this.at + 1);
        this.at = end === -1 ? this.text.length : end;
      }
      return character === "}" ? this.at + 1 : null;
    });
  }

  /** Behind the `))` that closes arithmetic, or null where it is a group in a group. */
  protected arithmetic(from: number): number | null {
    if (this.noArithmetic.has(from)) {
      return null;
    }
    const before = this.at;
    let open = 0;
    const end = this.skip(from, null, (character) => {
      if (character === ")" && open === 0) {
        return this.text[this.at + 1] === ")" ? this.at + 2 : -1;
      }
      open += character === "(" ? 1 : character === ")" ? -1 : 0;
      return null;
    });
    this.at = before;
    if (end === -1) {
      this.noArithmetic.add(from);
      if (this.noArithmetic.size > MAX_GROUPS) {
        this.fail("there are too many groups");
      }
      return null;
    }
    return end;
  }

  /** Steps over text in which expansions and quotes count, until `stop` gives a place. */
  protected skip(
    from: number,
    unclosed: string | null,
    stop: (character: string) => number | null,
    quotes = true,
  ): number {
    if (this.level === MAX_NESTING) {
      this.fail("expansions are nested too deep");
      return this.text.length;
    }
    this.level += 1;
    const outer = this.word;
    this.word = new WordBuilder();
    this.at = from;
    let end: number | null = null;
    while (end === null && this.problem === null) {
      const character = this.text.charAt(this.at);
      if (character === "") {
        end = -1;
        if (unclosed !== null) {
          this.fail(unclosed);
        }
      } else if (character === "$") {
        this.expansion(true);
      } else if (character === "`") {
        this.backticks(true);
      } else if (character === '"' && quotes) {
        this.double();
      } else if (character === "\\") {
        this.at += 2;
      } else {
        end = stop(character);
        this.at += end === null ? 1 : 0;
      }
    }
    this.word = outer;
    this.level -= 1;
    return end ?? this.text.length;
  }

  private escapedQuote(): void {
    this.word.addQuoted("");
    this.at += 2;
    while (this.text[this.at] !== "'") {
      if (this.at >= this.text.length) {
        this.fail("a quote is not closed");
        return;
      }
      if (this.text[this.at] === "\\") {
        const { value, end } = shellEscape(this.text, this.at + 1);
        this.word.addQuoted(value);
        this.at = end;
      } else {
        this.word.addQuoted(this.text.charAt(this.at));
        this.at += 1;
      }
    }
    this.at += 1;
  }

  protected backticks(quoted: boolean): void {
    const start = this.at;
    let end = start + 1;
    while (end < this.text.length && this.text[end] !== "`") {
      end += this.text[end] === "\\" ? 2 : 1;
    }
    if (end >= this.text.length) {
      this.fail("a substitution is not closed");
      return;
    }
    const escapes = quoted ? /\\([`\\$"])/g : /\\([`\\$])/g;
    const inner = this.text.slice(start + 1, end).replace(escapes, "$1");
    this.nested.push({ text: inner, compared: false, fed: false });
    this.word.addExpansion(this.text.slice(start, end + 1), !quoted);
    this.at = end + 1;
  }
}
