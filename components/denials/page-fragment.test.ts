import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datasetDigest, LinkTokens } from "@/lib/session/link-tokens.ts";
import { filterOf, filterParts, stateOfFilter, toggled, withoutPart } from "./filter-values.ts";
import { hasTokens, readFragment, withoutTokens, writeFragment } from "./page-fragment.ts";

const tokens = new LinkTokens(datasetDigest(["a".repeat(64)]));
const plain = readFragment("");

describe("the address of the Denials page", () => {
  it("is plain for the plain page", () => {
    expect(writeFragment(plain)).toBe("");
    expect(hasTokens(plain)).toBe(false);
  });

  it("holds no value of a log, and gives the filter back", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 9 }), fc.string({ minLength: 9 }), (agent, topic) => {
        const filter = {
          time: { from: 100, to: 200 },
          include: { agent: [agent], evidence: ["claim"] },
          exclude: { topic: [topic] },
          text: "",
          claims: false,
        };
        const state = { ...plain, ...stateOfFilter(filter, tokens), data: "0123abcd" };
        const text = writeFragment(state);
        expect(decodeURIComponent(text)).not.toContain(agent);
        expect(decodeURIComponent(text)).not.toContain(topic);
        expect(text).toContain("d=0123abcd");
        expect(filterOf(readFragment(`#${text}`))).toEqual({ filter, unknown: [] });
      }),
      { numRuns: 50 },
    );
  });

  it("keeps everything that is chosen", () => {
    const state = {
      ...plain,
      data: "0123abcd",
      parts: ["guard", "scope"],
      masks: ["path", "number"],
      pattern: tokens.token("pattern", "[]"),
      sort: { column: "first", descending: false },
      view: "dead-letters",
      full: true,
      letter: 17,
    } as const;
    expect(readFragment(writeFragment(state))).toEqual(state);
    expect(
      readFragment(writeFragment({ ...state, sort: { column: "verified", descending: true } }))
        .sort,
    ).toEqual({
      column: "verified",
      descending: true,
    });
  });

  it("drops what nobody but a stranger would write", () => {
    const text =
      "d=xyz&time=9-1&agent=research-agent&agent=~short&evidence=mine&by=ids&masks=__proto__,id,path,number,host,address,time&sort=__proto__&view=constructor&pattern=all&letter=-1&height=low";
    expect(readFragment(text)).toEqual(plain);
  });

  it("says which tokens stand for nothing that is known, and goes on without", () => {
    const token = `~${"A".repeat(16)}`;
    const state = readFragment(`d=0123abcd&guard=${token}&pattern=${token}&letter=3&view=spread`);
    expect(filterOf(state).unknown).toEqual([{ name: "guard", token }]);
    expect(filterOf(state).filter.include).toEqual({});
    expect(withoutTokens(state)).toEqual({ ...plain, view: "spread" });
  });
});

describe("editing the filter", () => {
  const { filter } = filterOf(plain);

  it("keeps or leaves out a value, never both, and takes it back", () => {
    const kept = toggled(filter, "include", "agent", "__proto__");
    expect(kept.include).toEqual({ agent: ["__proto__"] });
    const left = toggled(kept, "exclude", "agent", "__proto__");
    expect([left.include, left.exclude]).toEqual([{}, { agent: ["__proto__"] }]);
    expect(toggled(left, "exclude", "agent", "__proto__")).toEqual(filter);
  });

  it("removes its parts one by one", () => {
    let edited = toggled({ ...filter, time: { from: 1, to: 2 } }, "include", "guard", "g");
    edited = toggled(edited, "exclude", "evidence", "claim");
    const parts = filterParts(edited);
    expect(parts.map(({ kind }) => kind)).toEqual(["time", "include", "exclude"]);
    for (const part of parts) edited = withoutPart(edited, part);
    expect(edited).toEqual(filter);
  });
});
