import { expect, test } from "vitest";
import { STARTER_RULES } from "@/lib/rules/starters.ts";
import { ruleOf } from "@/lib/rules/testing/rules.ts";
import { MOST_RULES, RuleStore, type TextShelf } from "./rule-store.ts";

function shelf(text: string | null = null): TextShelf & { text: string | null } {
  return {
    text,
    read() {
      return this.text;
    },
    write(more) {
      this.text = more;
    },
  };
}

test("begins with the starter rules, all off, and stores nothing unasked", () => {
  const kept = shelf();
  expect(new RuleStore(kept).snapshot()).toEqual(STARTER_RULES);
  expect(STARTER_RULES.some(({ isEnabled }) => isEnabled)).toBe(false);
  expect(kept.text).toBeNull();
});

test("keeps what was saved, and gives the same list until something changes", () => {
  const kept = shelf();
  const store = new RuleStore(kept);
  let heard = 0;
  store.subscribe(() => {
    heard += 1;
  });
  store.save(ruleOf({ id: "mine", name: "<b>Mine</b>" }));
  expect(heard).toBe(1);
  expect(store.snapshot()).toBe(store.snapshot());
  const again = new RuleStore(kept);
  expect(again.snapshot()).toEqual(store.snapshot());
  again.remove("mine");
  expect(new RuleStore(kept).snapshot()).toEqual(STARTER_RULES);
});

test("switches nothing on that a file says is on, and gives a known id a new one", () => {
  const store = new RuleStore(shelf());
  const [first] = STARTER_RULES;
  const id = first?.id ?? "";
  expect(store.add([ruleOf({ id, isEnabled: true }), ruleOf({ id: "other" })])).toBe(2);
  const added = store.snapshot().slice(STARTER_RULES.length);
  expect(added.map(({ isEnabled }) => isEnabled)).toEqual([false, false]);
  expect(added[0]?.id).not.toBe(id);
  expect(added[1]?.id).toBe("other");
});

test("has an end, and says how many had room", () => {
  const store = new RuleStore(shelf());
  const many = Array.from({ length: MOST_RULES }, (_, at) => ruleOf({ id: `rule-${at}` }));
  expect(store.add(many)).toBe(MOST_RULES - STARTER_RULES.length);
  expect(store.save(ruleOf({ id: "one-more" }))).toBe(false);
  expect(store.snapshot()).toHaveLength(MOST_RULES);
});

test("a store that someone spoiled is not believed, and one that is refused lasts as long as the page", () => {
  for (const text of ["", "{", '{"schema":"chio-explorer.rules.v1","rules":[{}]}']) {
    expect(new RuleStore(shelf(text)).snapshot()).toEqual(STARTER_RULES);
  }
  const refused = (): never => {
    throw new Error("storage is off");
  };
  const store = new RuleStore({ read: refused, write: refused });
  store.save(ruleOf({ id: "mine" }));
  expect(store.snapshot().at(-1)?.id).toBe("mine");
  expect(store.isKept).toBe(false);
});
