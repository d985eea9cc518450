import { MAX_NESTING, ShellReader } from "./shell-reader.ts";
import type {
  PipeSource,
  ShellCommand,
  ShellRedirect,
  ShellScript,
  ShellWord,
} from "./shell-script.ts";
import { WordBuilder } from "./shell-word.ts";
import { RESERVED } from "./shell-wrappers.ts";

/**
 * Reads a command line as bash does (kernel semantics 2.6): quotes, escapes, comments, here-documents,
 * redirections, and every place in which a script of its own stands. One pass; what cannot be read to its
 * end is a problem, not a guess. `fed`: its commands may read what another program writes.
 */
export function readShell(text: string, fed = false): ShellScript {
  const scanner = new ShellScanner(text, 0, false, 0, new Set());
  if (fed) {
    scanner.feed();
  }
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

/** Words that begin what reads one input together. */
const OPENING: ReadonlySet<string> = new Set("{ if while until for select case".split(" "));

/** Whether commands behind this one may read the input that is led into it. */
function passesInputOn({ words, redirects, piped }: ShellCommand): boolean {
  const first = words[0]?.text ?? "";
  return (
    (piped !== "none" && OPENING.has(first)) ||
    (first === "exec" && redirects.some(({ operator }) => operator.startsWith("<")))
  );
}

const REDIRECTS = ["<<<", "<<-", "<<", "<>", "<&", "<", "&>>", "&>", ">>", ">|", ">&", ">"];
const PLAIN = /[^\s\\'"$`<>&|;()#]+/y;

class ShellScanner extends ShellReader {
  readonly #inside: boolean;
  readonly #depth: number;
  readonly #commands: ShellCommand[] = [];
  readonly #documents: HereDocument[] = [];
  #parentheses = 0;
  #words: ShellWord[] = [];
  #redirects: ShellRedirect[] = [];
  #pending: string | null = null;
  #piped: PipeSource = "none";
  /** What a command reads that no pipe leads into: the input of the loop, the group or the script around it. */
  #around: PipeSource = "none";
  #command: OpenCommand | null = null;
  /** Between `[[` and `]]` nothing runs, in a shell that knows them. */
  #condition = false;
  #startsInCondition = false;

  constructor(text: string, at: number, inside: boolean, depth: number, noArithmetic: Set<number>) {
    super(text, at, noArithmetic);
    this.#inside = inside;
    this.#depth = depth;
  }

  /** From here on every command may read what another program writes. */
  feed(): void {
    this.#around = "group";
    this.#piped = "group";
  }

  script(): ShellScript {
    return { commands: this.#commands, nested: this.nested, problem: this.problem };
  }

  /** Reads to the end, or to the `)` that closes what it is inside of; the answer is the place behind it. */
  run(): number {
    while (this.problem === null && this.at < this.text.length) {
      if (this.#inside && this.#parentheses === 0 && this.text[this.at] === ")") {
        return this.at + 1;
      }
      this.#step();
    }
    this.#endCommand("none");
    if (this.#inside) {
      this.problem ??= "a substitution is not closed";
    }
    return this.at;
  }

  #step(): void {
    const character = this.text.charAt(this.at);
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
        this.single();
        return;
      case '"':
        this.double();
        return;
      case "\\":
        this.escape();
        return;
      case "$":
        this.expansion(false);
        return;
      case "`":
        this.backticks(false);
        return;
    }
    PLAIN.lastIndex = this.at;
    const run = PLAIN.exec(this.text)?.[0];
    if (run === undefined) {
      this.endWord();
      this.at += 1;
    } else {
      this.word.add(run);
      this.at += run.length;
    }
  }

  #openParenthesis(): void {
    this.#endCommand("none");
    if (this.#piped !== "none") {
      this.feed();
    }
    if (this.text.startsWith("((", this.at)) {
      const end = this.arithmetic(this.at + 2);
      if (end !== null) {
        // A shell without arithmetic runs it as a group in a group.
        this.nested.push({
          text: this.text.slice(this.at + 2, end - 2),
          compared: true,
          fed: false,
        });
        this.at = end;
        return;
      }
    }
    this.#parentheses += 1;
    this.at += 1;
  }

  /** One that nothing opened ends the pattern of a case. */
  #closeParenthesis(): void {
    const opened = this.#parentheses > 0;
    this.#endCommand("none", !opened);
    this.#parentheses -= opened ? 1 : 0;
    this.at += 1;
  }

  #operator(character: string): void {
    const next = this.text[this.at + 1];
    if ((character === "<" || character === ">") && next === "(") {
      this.substitution(this.at, this.at + 2, true);
    } else if (character === "|") {
      const joined = next === "|";
      const group = this.#words.length === 0 && this.word.isEmpty;
      this.#endCommand(joined ? "none" : group ? "group" : "command");
      this.at += joined || next === "&" ? 2 : 1;
    } else if (character === "&" && next !== ">") {
      this.#endCommand("none");
      this.at += 1;
    } else {
      this.#redirect();
    }
  }

  #redirect(): void {
    const operator = REDIRECTS.find((one) => this.text.startsWith(one, this.at)) ?? "<";
    if (this.word.isDescriptor) {
      this.word = new WordBuilder();
    }
    this.endWord();
    this.at += operator.length;
    this.#pending = this.#condition && operator.startsWith("<<") ? null : operator;
  }

  #hash(): void {
    if (!this.word.isEmpty) {
      this.word.add("#");
      this.at += 1;
      return;
    }
    const end = this.text.indexOf("\n", this.at);
    this.at = end === -1 ? this.text.length : end;
  }

  protected substitution(start: number, from: number, splits: boolean): void {
    if (this.#depth >= MAX_NESTING) {
      this.fail("substitutions are nested too deep");
      return;
    }
    const inner = new ShellScanner(this.text, from, true, this.#depth + 1, this.noArithmetic);
    const end = inner.run();
    this.problem = inner.problem;
    this.nested.push({
      text: this.text.slice(from, end - 1),
      compared: false,
      fed: this.text[start] === ">",
    });
    this.word.addExpansion(this.text.slice(start, end), splits);
    this.at = end;
  }

  protected endWord(): void {
    if (this.word.isEmpty) {
      return;
    }
    const words = this.word.finish();
    this.word = new WordBuilder();
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
      if (
        word.text === "[[" &&
        !word.quoted &&
        this.#words.every(({ text }) => RESERVED.has(text))
      ) {
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
    this.endWord();
    this.#pending = null;
    if (this.#words.length > 0 || this.#redirects.length > 0) {
      const command = this.#openCommand();
      command.compared ||= compared || this.#condition;
      this.#commands.push(command);
      if (passesInputOn(command)) {
        this.feed();
      }
      this.#piped = piped === "none" ? this.#around : piped;
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
    this.at += 1;
  }

  /** The lines behind the current one are the input of the commands that announced them. */
  #readDocuments(): void {
    for (const { delimiter, stripped, command } of this.#documents.splice(0)) {
      const lines: string[] = [];
      while (this.at < this.text.length) {
        const newline = this.text.indexOf("\n", this.at);
        const end = newline === -1 ? this.text.length : newline;
        const line = this.text.slice(this.at, end);
        this.at = end + 1;
        const compared = (stripped ? line.replace(/^\t+/, "") : line).replace(/\r$/, "");
        if (compared === delimiter.text) {
          break;
        }
        lines.push(line);
      }
      command.input = lines.join("\n");
      if (!delimiter.quoted) {
        this.#readScripts(command.input);
      }
    }
  }

  /** In a here-document whose delimiter is not quoted scripts run, and quotes are characters. */
  #readScripts(text: string): void {
    const inner = new ShellScanner(text, 0, false, this.#depth + 1, new Set());
    inner.skip(0, null, () => null, false);
    this.problem ??= inner.problem;
    for (const script of inner.nested) {
      this.nested.push(script);
    }
  }
}
