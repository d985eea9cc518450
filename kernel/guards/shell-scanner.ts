import { shellEscape } from "./shell-escape.ts";
import type {
  NestedScript,
  PipeSource,
  ShellCommand,
  ShellRedirect,
  ShellScript,
  ShellWord,
} from "./shell-script.ts";
import { WordBuilder } from "./shell-word.ts";
import { RESERVED } from "./shell-wrappers.ts";

/** Deeper than anybody writes; each level is a call of its own. */
const MAX_NESTING = 16;

/**
 * Reads a command line as bash does (kernel semantics 2.6): quotes, escapes, comments, here-documents,
 * redirections, and every place in which a script of its own stands. One pass; what cannot be read to its
 * end is a problem, not a guess.
 */
export function readShell(text: string): ShellScript {
  const scanner = new ShellScanner(text, 0, false, 0, new Set());
  scanner.run();
  return scanner.script();
}

interface OpenCommand extends ShellCommand {
  input: string | null;
  compared: boolean;
}

interface HereDocument {
  readonly delimiter: ShellWord;
  readonly stripped: boolean;
  readonly command: OpenCommand;
}

const REDIRECTS = ["<<<", "<<-", "<<", "<>", "<&", "<", "&>>", "&>", ">>", ">|", ">&", ">"];
const NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-]/y;
const PLAIN = /[^\s\\'"$`<>&|;()#]+/y;

class ShellScanner {
  readonly #text: string;
  readonly #inside: boolean;
  readonly #depth: number;
  /** Where `$((` was tried as arithmetic and is a command: never tried twice. */
  readonly #noArithmetic: Set<number>;
  #at: number;
  #parentheses = 0;
  #problem: string | null = null;
  readonly #commands: ShellCommand[] = [];
  readonly #nested: NestedScript[] = [];
  readonly #documents: HereDocument[] = [];
  #words: ShellWord[] = [];
  #redirects: ShellRedirect[] = [];
  #pending: string | null = null;
  #piped: PipeSource = "none";
  #command: OpenCommand | null = null;
  #word = new WordBuilder();
  #level = 0;
  /** Between `[[` and `]]` nothing runs, in a shell that knows them. */
  #condition = false;
  #startsInCondition = false;

  constructor(text: string, at: number, inside: boolean, depth: number, noArithmetic: Set<number>) {
    this.#text = text;
    this.#at = at;
    this.#inside = inside;
    this.#depth = depth;
    this.#noArithmetic = noArithmetic;
  }

  script(): ShellScript {
    return { commands: this.#commands, nested: this.#nested, problem: this.#problem };
  }

  /** Reads to the end, or to the `)` that closes what it is inside of; the answer is the place behind it. */
  run(): number {
    while (this.#problem === null && this.#at < this.#text.length) {
      if (this.#inside && this.#parentheses === 0 && this.#text[this.#at] === ")") {
        this.#endCommand("none");
        return this.#at + 1;
      }
      this.#step();
    }
    this.#endCommand("none");
    if (this.#inside) {
      this.#problem ??= "a substitution is not closed";
    }
    return this.#at;
  }

  /** Reads a here-document whose delimiter is not quoted: scripts in it run, quotes are characters. */
  runDocument(): void {
    this.#skip(0, null, () => null, false);
  }

  #step(): void {
    const character = this.#text.charAt(this.#at);
    switch (character) {
      case "\n":
        this.#endStatement();
        this.#readDocuments();
        return;
      case "\r":
      case ";":
        this.#endStatement();
        return;
      case "(":
        this.#openParenthesis();
        return;
      case ")":
        this.#closeParenthesis();
        return;
      case "&":
      case "|":
      case "<":
      case ">":
        this.#operator(character);
        return;
      case "#":
        this.#hash();
        return;
      case "'":
        this.#single();
        return;
      case '"':
        this.#double();
        return;
      case "\\":
        this.#escape();
        return;
      case "$":
        this.#expansion(false);
        return;
      case "`":
        this.#backticks(false);
        return;
    }
    PLAIN.lastIndex = this.#at;
    const run = PLAIN.exec(this.#text)?.[0];
    if (run === undefined) {
      this.#endWord();
      this.#at += 1;
    } else {
      this.#word.add(run);
      this.#at += run.length;
    }
  }

  #openParenthesis(): void {
    this.#endCommand("none");
    if (this.#text.startsWith("((", this.#at)) {
      const end = this.#arithmetic(this.#at + 2);
      if (end !== null) {
        // A shell without arithmetic runs it as a group in a group.
        this.#nested.push({ text: this.#text.slice(this.#at + 2, end - 2), compared: true });
        this.#at = end;
        return;
      }
    }
    this.#parentheses += 1;
    this.#at += 1;
  }

  /** One that nothing opened ends the pattern of a case. */
  #closeParenthesis(): void {
    const opened = this.#parentheses > 0;
    this.#endCommand("none", !opened);
    this.#parentheses -= opened ? 1 : 0;
    this.#at += 1;
  }

  #operator(character: string): void {
    const next = this.#text[this.#at + 1];
    if ((character === "<" || character === ">") && next === "(") {
      this.#substitution(this.#at, this.#at + 2, true);
    } else if (character === "|") {
      const joined = next === "|";
      const group = this.#words.length === 0 && this.#word.isEmpty;
      this.#endCommand(joined ? "none" : group ? "group" : "command");
      this.#at += joined || next === "&" ? 2 : 1;
    } else if (character === "&" && next !== ">") {
      this.#endCommand("none");
      this.#at += 1;
    } else {
      this.#redirect();
    }
  }

  #redirect(): void {
    const operator = REDIRECTS.find((one) => this.#text.startsWith(one, this.#at)) ?? "<";
    if (this.#word.isDescriptor) {
      this.#word = new WordBuilder();
    }
    this.#endWord();
    this.#at += operator.length;
    this.#pending = this.#condition && operator.startsWith("<<") ? null : operator;
  }

  #hash(): void {
    if (!this.#word.isEmpty) {
      this.#word.add("#");
      this.#at += 1;
      return;
    }
    const end = this.#text.indexOf("\n", this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  #single(): void {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) {
      this.#fail("a quote is not closed");
      return;
    }
    this.#word.addQuoted(this.#text.slice(this.#at + 1, end));
    this.#at = end + 1;
  }

  #double(): void {
    this.#word.addQuoted("");
    this.#at += 1;
    while (this.#problem === null) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') {
        this.#at += 1;
        return;
      }
      if (character === "") {
        this.#fail("a quote is not closed");
      } else if (character === "$") {
        this.#expansion(true);
      } else if (character === "`") {
        this.#backticks(true);
      } else if (character === "\\" && '$`"\\\n'.includes(this.#text.charAt(this.#at + 1))) {
        this.#escape();
      } else {
        this.#word.addQuoted(character);
        this.#at += 1;
      }
    }
  }

  #escape(): void {
    const next = this.#text.charAt(this.#at + 1);
    if (next !== "\n") {
      this.#word.addQuoted(next);
    }
    this.#at += 2;
  }

  #expansion(quoted: boolean): void {
    const start = this.#at;
    const next = this.#text[start + 1];
    if (next === "(") {
      const end = this.#text[start + 2] === "(" ? this.#arithmetic(start + 3) : null;
      if (end === null) {
        this.#substitution(start, start + 2, !quoted);
      } else {
        this.#word.addExpansion(this.#text.slice(start, end), false);
        this.#at = end;
      }
    } else if (next === "{") {
      const end = this.#braces(start + 2, quoted);
      this.#addVariable(start, end, quoted);
    } else if (next === "'" && !quoted) {
      this.#escapedQuote();
    } else if (next === '"' && !quoted) {
      this.#at += 1;
    } else {
      NAME.lastIndex = start + 1;
      const name = NAME.exec(this.#text)?.[0] ?? "";
      this.#addVariable(start, start + 1 + name.length, quoted);
    }
  }

  /** White space by another name ends a word. */
  #addVariable(start: number, end: number, quoted: boolean): void {
    const source = this.#text.slice(start, end);
    if (source === "$") {
      this.#word.add("$");
    } else if (!quoted && /^\$\{?IFS/.test(source)) {
      this.#endWord();
    } else {
      this.#word.addExpansion(source, !quoted);
    }
    this.#at = end;
  }

  /** Behind the brace that closes a parameter; scripts in it are kept. */
  #braces(from: number, quoted: boolean): number {
    if (this.#level === MAX_NESTING) {
      this.#fail("parameters are nested too deep");
      return this.#text.length;
    }
    this.#level += 1;
    const end = this.#skip(from, "a parameter is not closed", (character) => {
      if (character === "'" && !quoted) {
        const end = this.#text.indexOf("'", this.#at + 1);
        this.#at = end < 0 ? this.#text.length : end;
      }
      return character === "}" ? this.#at + 1 : null;
    });
    this.#level -= 1;
    return end;
  }

  /** Behind the `))` that closes arithmetic, or null where it is a group in a group. */
  #arithmetic(from: number): number | null {
    if (this.#noArithmetic.has(from)) {
      return null;
    }
    const before = this.#at;
    let open = 0;
    const end = this.#skip(from, null, (character) => {
      if (character === ")" && open === 0) {
        return this.#text[this.#at + 1] === ")" ? this.#at + 2 : -1;
      }
      open += character === "(" ? 1 : character === ")" ? -1 : 0;
      return null;
    });
    this.#at = before;
    if (end < 0) {
      this.#noArithmetic.add(from);
      return null;
    }
    return end;
  }

  /** Steps over text in which expansions and quotes count, until `stop` gives a place. */
  #skip(
    from: number,
    unclosed: string | null,
    stop: (character: string) => number | null,
    quotes = true,
  ): number {
    const outer = this.#word;
    this.#word = new WordBuilder();
    this.#at = from;
    let end: number | null = null;
    while (end === null && this.#problem === null) {
      const character = this.#text.charAt(this.#at);
      if (character === "") {
        end = -1;
        if (unclosed !== null) {
          this.#fail(unclosed);
        }
      } else if (character === "$") {
        this.#expansion(true);
      } else if (character === "`") {
        this.#backticks(true);
      } else if (character === '"' && quotes) {
        this.#double();
      } else if (character === "\\") {
        this.#at += 2;
      } else {
        end = stop(character);
        this.#at += end === null ? 1 : 0;
      }
    }
    this.#word = outer;
    return end ?? this.#text.length;
  }

  #escapedQuote(): void {
    this.#word.addQuoted("");
    this.#at += 2;
    while (this.#text[this.#at] !== "'") {
      if (this.#at >= this.#text.length) {
        this.#fail("a quote is not closed");
        return;
      }
      if (this.#text[this.#at] === "\\") {
        const { value, end } = shellEscape(this.#text, this.#at + 1);
        this.#word.addQuoted(value);
        this.#at = end;
      } else {
        this.#word.addQuoted(this.#text.charAt(this.#at));
        this.#at += 1;
      }
    }
    this.#at += 1;
  }

  #backticks(quoted: boolean): void {
    const start = this.#at;
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== "`") {
      end += this.#text[end] === "\\" ? 2 : 1;
    }
    if (end >= this.#text.length) {
      this.#fail("a substitution is not closed");
      return;
    }
    const escapes = quoted ? /\\([`\\$"])/g : /\\([`\\$])/g;
    const inner = this.#text.slice(start + 1, end).replace(escapes, "$1");
    this.#nested.push({ text: inner, compared: false });
    this.#word.addExpansion(this.#text.slice(start, end + 1), !quoted);
    this.#at = end + 1;
  }

  #substitution(start: number, from: number, splits: boolean): void {
    if (this.#depth === MAX_NESTING) {
      this.#fail("substitutions are nested too deep");
      return;
    }
    const inner = new ShellScanner(this.#text, from, true, this.#depth + 1, this.#noArithmetic);
    const end = inner.run();
    this.#problem = inner.script().problem;
    this.#nested.push({ text: this.#text.slice(from, end - 1), compared: false });
    this.#word.addExpansion(this.#text.slice(start, end), splits);
    this.#at = end;
  }

  #endWord(): void {
    if (this.#word.isEmpty) {
      return;
    }
    const words = this.#word.finish();
    this.#word = new WordBuilder();
    const [target] = words;
    if (this.#pending === null || target === undefined) {
      this.#addWords(words);
      return;
    }
    const operator = this.#pending;
    this.#pending = null;
    this.#redirects.push({ operator, target });
    if (operator === "<<" || operator === "<<-") {
      const command = this.#openCommand();
      this.#documents.push({ delimiter: target, stripped: operator === "<<-", command });
    }
  }

  #addWords(words: readonly ShellWord[]): void {
    for (const word of words) {
      if (word.text === "[[" && this.#words.every(({ text }) => RESERVED.has(text))) {
        this.#condition = true;
      } else if (word.text === "]]") {
        this.#condition = false;
      }
      this.#words.push(word);
    }
  }

  #openCommand(): OpenCommand {
    this.#command ??= {
      words: this.#words,
      redirects: this.#redirects,
      input: null,
      piped: this.#piped,
      compared: this.#startsInCondition,
    };
    return this.#command;
  }

  #endCommand(piped: PipeSource, compared = false): void {
    this.#endWord();
    this.#pending = null;
    if (this.#words.length > 0 || this.#redirects.length > 0) {
      const command = this.#openCommand();
      command.compared ||= compared || this.#condition;
      this.#commands.push(command);
      this.#piped = piped;
    } else if (piped !== "none") {
      this.#piped = piped;
    }
    this.#words = [];
    this.#redirects = [];
    this.#command = null;
    this.#startsInCondition = this.#condition;
  }

  /** A line's end or a semicolon stands in no condition. */
  #endStatement(): void {
    this.#endCommand("none");
    this.#condition = false;
    this.#startsInCondition = false;
    this.#at += 1;
  }

  /** The lines behind the current one are the input of the commands that announced them. */
  #readDocuments(): void {
    for (const { delimiter, stripped, command } of this.#documents.splice(0)) {
      const lines: string[] = [];
      while (this.#at < this.#text.length) {
        const newline = this.#text.indexOf("\n", this.#at);
        const end = newline < 0 ? this.#text.length : newline;
        const line = this.#text.slice(this.#at, end);
        this.#at = end + 1;
        const compared = (stripped ? line.replace(/^\t+/, "") : line).replace(/\r$/, "");
        if (compared === delimiter.text) {
          break;
        }
        lines.push(line);
      }
      command.input = lines.join("\n");
      if (!delimiter.quoted) {
        const inner = new ShellScanner(command.input, 0, false, this.#depth + 1, new Set());
        inner.runDocument();
        this.#problem ??= inner.script().problem;
        this.#nested.push(...inner.script().nested);
      }
    }
  }

  #fail(problem: string): void {
    this.#problem = problem;
  }
}
