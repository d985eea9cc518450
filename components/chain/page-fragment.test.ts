import { describe, expect, it } from "vitest";
import { BUDGET } from "@/lib/graph/model.ts";
import {
  askedDepth,
  type ChainPageState,
  chainAddress,
  readFragment,
  rowKey,
  walkedFrom,
  withOpened,
  writeFragment,
} from "./page-fragment.ts";

const full: ChainPageState = {
  focus: "r123",
  direction: "backward",
  depth: 3,
  lanes: "topic",
  form: "tree",
  selected: "f:send & more#",
  opened: ["s:c:r123", "f:__proto__"],
  cut: "across-services",
};

describe("the page's fragment", () => {
  it("goes there and back", () => {
    expect(readFragment(`#${writeFragment(full)}`)).toEqual(full);
    expect(readFragment(writeFragment({ ...full, selected: null })).selected).toBeNull();
  });

  it("is empty for the plain page", () => {
    expect(writeFragment(readFragment(""))).toBe("");
  });

  it("selects the walk's own node unless it says otherwise", () => {
    expect(readFragment("focus=r7").selected).toBe("r7");
    expect(writeFragment(readFragment("focus=r7"))).toBe("focus=r7");
    expect(readFragment("focus=r7&sel=none").selected).toBeNull();
  });

  it("drops what it does not know", () => {
    const odd = readFragment(
      `#focus=r-1&dir=__proto__&depth=1e9&lanes=x&view=constructor&cut=&sel=<b>&open=zz&open=f:a&open=f:a&open=s:${"x".repeat(9999)}`,
    );
    expect(odd).toEqual({ ...readFragment(""), opened: ["f:a"] });
    expect(readFragment("focus=m0123456789abcdef").focus).toBe("m0123456789abcdef");
    expect(readFragment("focus=m0123").focus).toBeNull();
    expect(readFragment("depth=9999999").depth).toBe(1_000_000);
  });

  it("bounds what is opened", () => {
    const many = Array.from({ length: 500 }, (_, at) => `open=f:${at}`).join("&");
    expect(readFragment(many).opened).toHaveLength(BUDGET.opened);
    const opened = Array.from({ length: BUDGET.opened }, (_, at) => `f:${at}`);
    expect(withOpened(opened, "s:c:r1").at(-1)).toBe("s:c:r1");
    expect(withOpened(opened, "s:c:r1")).toHaveLength(BUDGET.opened);
    expect(withOpened(opened, "f:3")).toBe(opened);
  });

  it("makes links for other pages", () => {
    expect(chainAddress(rowKey(803))).toBe("/graph#focus=r803");
    expect(chainAddress("m0123456789abcdef", "forward")).toBe(
      "/graph#focus=m0123456789abcdef&dir=forward",
    );
  });

  it("forgets what belonged to the node that was walked from before", () => {
    expect(writeFragment({ ...full, ...walkedFrom("r9") })).toBe(
      "focus=r9&dir=backward&lanes=topic&view=tree",
    );
  });

  it("counts hops from what is asked for, not from what is still drawn", () => {
    const drawn = { depth: 5, furthest: 9 };
    expect(askedDepth({ depth: null }, drawn)).toBe(5);
    expect(askedDepth({ depth: 3 }, drawn)).toBe(3);
    expect(askedDepth({ depth: 1000 }, drawn)).toBe(9);
  });
});
