import type { JsonProblem } from "./parse.ts";
import { childPointer } from "./pointer.ts";

/** Unwinds a recursive reader at the first character that cannot be accepted; readers catch it. */
export class Refusal {
  readonly problem: JsonProblem;
  constructor(problem: JsonProblem) {
    this.problem = problem;
  }
}

/** A place in a JSON text, and the names and indices that lead to it. */
export class Scanner {
  protected readonly text: string;
  protected readonly path: (string | number)[] = [];
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  protected match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  protected takes(character: string): boolean {
    if (this.text[this.at] !== character) {
      return false;
    }
    this.at += 1;
    return true;
  }

  protected expect(character: string): void {
    if (!this.takes(character)) {
      this.unexpected();
    }
  }

  protected skipSpace(): void {
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) {
        return;
      }
      this.at += 1;
    }
  }

  protected unexpected(): never {
    this.refuse(this.at >= this.text.length ? "cut" : "syntax", this.at);
  }

  protected refuse(kind: JsonProblem["kind"], offset: number): never {
    throw new Refusal({ kind, offset, pointer: this.pointer() });
  }

  protected pointer(): string {
    return this.path.reduce<string>(childPointer, "");
  }
}
