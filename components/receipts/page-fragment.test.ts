import { describe, expect, it } from "vitest";
import { type PageState, readFragment, receiptsAddress, writeFragment } from "./page-fragment.ts";

const full: PageState = {
  filter: {
    time: { from: 1_776_270_600, to: 1_776_273_360 },
    text: "cad5 & more#",
    include: { agent: ["payment-service", "a,b:c"], decision: ["deny"] },
    exclude: { tool: ["~x"] },
  },
  sort: { column: "seq", descending: false },
  selected: 803,
  tab: "fields",
  rejects: false,
  columns: ["integrity", "seq", "tool"],
};

describe("the page's fragment", () => {
  it("goes there and back", () => {
    expect(readFragment(`#${writeFragment(full)}`)).toEqual(full);
  });

  it("is empty for the plain page", () => {
    expect(writeFragment(readFragment(""))).toBe("");
    expect(readFragment("").sort).toEqual({ column: "time", descending: true });
  });

  it("drops what it does not know", () => {
    const odd = readFragment(
      "#row=-1&tab=x&sort=__proto__&time=9-1&cols=,zz&__proto__=1&constructor=2&agent=%00",
    );
    expect(odd.selected).toBeNull();
    expect(odd.tab).toBe("summary");
    expect(odd.filter.time).toBeNull();
    expect(odd.columns).toEqual(["integrity"]);
    expect(odd.filter.include).toEqual({ agent: ["\u0000"] });
  });

  it("bounds values", () => {
    expect(readFragment(`#text=${"x".repeat(9999)}`).filter.text.length).toBe(2000);
  });

  it("makes links for other pages", () => {
    expect(receiptsAddress({ include: { integrity: ["does-not-verify"] } })).toBe(
      "/receipts#integrity=does-not-verify",
    );
  });
});
