import type { Rule } from "@/lib/rules/model.ts";
import { readRuleFile, writeRuleFile } from "@/lib/rules/rule-file.ts";
import { STARTER_RULES } from "@/lib/rules/starters.ts";
import { Listeners } from "./listeners.ts";

/** Where a browser keeps texts; `null` for none yet. */
export interface TextShelf {
  read(): string | null;
  /** @throws where the browser keeps nothing for this page */
  write(text: string): void;
}

/** The most rules that are kept: each enabled one is evaluated whenever data changes. */
export const MOST_RULES = 200;

/**
 * The rules of this browser. They are the only thing of the app that is stored without being asked for
 * each time, and only rules are: no alert, no name of a file, nothing that a log says but what someone put
 * into a rule. Stored as a rule file, so that what is read back is judged like a file of a stranger.
 */
export class RuleStore {
  readonly #shelf: TextShelf;
  readonly #listeners = new Listeners();
  #rules: readonly Rule[] | null = null;
  #isKept = true;

  constructor(shelf: TextShelf) {
    this.#shelf = shelf;
  }

  /** The same list until something changes. */
  readonly snapshot = (): readonly Rule[] => {
    this.#rules ??= this.#read();
    return this.#rules;
  };

  readonly subscribe = this.#listeners.subscribe;

  /** False once the browser refused to keep the rules: they then last as long as the page. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Replaces the rule of the same id, or adds the rule at the end. False where there is no room. */
  save(rule: Rule): boolean {
    const rules = this.snapshot();
    const isKnown = rules.some(({ id }) => id === rule.id);
    if (!isKnown && rules.length >= MOST_RULES) return false;
    this.#set(
      isKnown ? rules.map((each) => (each.id === rule.id ? rule : each)) : [...rules, rule],
    );
    return true;
  }

  remove(id: string): void {
    this.#set(this.snapshot().filter((rule) => rule.id !== id));
  }

  /**
   * Adds rules of a file, those of a known id under a new one; how many had room. A file switches nothing
   * on: whoever imports it decides that here.
   */
  add(rules: readonly Rule[]): number {
    const known = new Set(this.snapshot().map(({ id }) => id));
    const taken = rules.slice(0, Math.max(MOST_RULES - known.size, 0)).map((rule) => {
      const id = known.has(rule.id) || rule.id === "" ? crypto.randomUUID() : rule.id;
      known.add(id);
      return { ...rule, id, isEnabled: false };
    });
    this.#set([...this.snapshot(), ...taken]);
    return taken.length;
  }

  /** Back to the starter rules, all off. */
  reset(): void {
    this.#set(STARTER_RULES);
  }

  #read(): readonly Rule[] {
    let text: string | null = null;
    try {
      text = this.#shelf.read();
    } catch {
      this.#isKept = false;
    }
    const read = text === null ? null : readRuleFile(text);
    return read?.ok === true ? read.value.slice(0, MOST_RULES) : STARTER_RULES;
  }

  #set(rules: readonly Rule[]): void {
    this.#rules = rules;
    try {
      this.#shelf.write(writeRuleFile(rules));
    } catch {
      this.#isKept = false;
    }
    this.#listeners.tell();
  }
}

const NAME = "chio-rules";
let current: RuleStore | null = null;

/** The one rule store of this page. */
export function currentRules(): RuleStore {
  current ??= new RuleStore({
    read: () => localStorage.getItem(NAME),
    write: (text) => localStorage.setItem(NAME, text),
  });
  return current;
}
