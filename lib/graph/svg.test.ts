import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BADGE_SIGNS, badgesOf } from "./badges.ts";
import { chainSvg, type PictureOptions } from "./svg.ts";
import { orderPicture } from "./testing/orders.ts";
import { type Step, viewOf } from "./testing/view.ts";
import { xmlFault } from "./testing/well-formed.ts";

const LOOK: PictureOptions = { theme: "light", title: "one", selected: null, path: new Set() };
const picture = orderPicture();
const view = viewOf(picture.steps, picture.links);

describe("the picture as SVG", () => {
  it("is well-formed, with every step, link, lane and label in it", () => {
    for (const theme of ["light", "dark"] as const) {
      const svg = chainSvg(view, { ...LOOK, theme, selected: "r28", path: new Set(picture.path) });
      expect(xmlFault(svg)).toBeNull();
      expect(svg.match(/marker-end=/g)).toHaveLength(view.edges.length);
      for (const lane of view.lanes) expect(svg).toContain(`>${lane.name}</text>`);
      for (const label of view.topics) expect(svg).toContain(`>${label.topic}`);
      for (const id of ["rcpt_001", "rcpt_049", "over_budget", "does not verify", "rolled back"]) {
        expect(svg).toContain(`>${id}</text>`);
      }
      expect(svg).toContain("× 412 sends");
      expect(svg).toContain("+38");
    }
  });

  it("names in its legend every sign that it shows, and no other", () => {
    const svg = chainSvg(view, LOOK);
    const shown = new Set(view.items.flatMap(badgesOf));
    expect(shown.size).toBe(4);
    const plain = viewOf([{ key: "r1", lane: "a" }], []);
    for (const badge of shown) {
      expect(svg).toContain(`>${BADGE_SIGNS[badge].word}</text>`);
      expect(chainSvg(plain, LOOK)).not.toContain(`>${BADGE_SIGNS[badge].word}</text>`);
    }
  });

  it("says what it is to those who do not see it", () => {
    const svg = chainSvg(view, { ...LOOK, title: "Chain of rcpt_001" });
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-labelledby="picture-title picture-desc"/);
    expect(svg).toContain('<title id="picture-title">Chain of rcpt_001</title>');
    expect(svg).toMatch(/<desc [^>]*>60 receipts in 5 services, 4 denied, 1 does not verify/);
  });

  it("loads nothing and runs nothing", () => {
    const svg = chainSvg(view, LOOK);
    expect(svg).not.toMatch(/href|<script|<style|<image|foreignObject|@import|\son\w+=/i);
    const references = [...svg.matchAll(/url\(([^)]*)\)/g)].map((match) => match[1]);
    expect(references.filter((reference) => reference?.startsWith("#") !== true)).toEqual([]);
    for (const name of new Set(references)) expect(svg).toContain(`id="${name?.slice(1)}"`);
  });

  it("stays well-formed whatever the log says", () => {
    const hostile = fc.oneof(
      // Any code units: halves of surrogate pairs and characters that XML forbids among them.
      fc
        .array(fc.oneof(fc.nat(0x7f), fc.nat(0xffff)), { maxLength: 40 })
        .map((units) => String.fromCharCode(...units)),
      fc.constantFrom(
        "__proto__",
        "]]><script>alert(1)</script>",
        '" onload="x',
        "&#0;\u0000\uffff\ud800",
        "</text></svg><svg>",
        "\u202egnp.exe",
        "🧾".repeat(60),
      ),
    );
    const step = fc.record({
      lane: hostile,
      id: hostile,
      tool: hostile,
      topic: hostile,
      guard: hostile,
      decision: fc.constantFrom("allow", "deny", "cancelled"),
      boundary: fc.constantFrom("consume", "tool", "produce"),
      kind: fc.constantFrom("receipt", "missing", "fold", "stub"),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), hostile, (steps, text) => {
        const named = steps.map((one, index): Step => ({ ...one, key: `r${index}` }));
        const links = steps.map((one, index) => ({
          from: "r0",
          to: `r${index}`,
          topic: one.topic,
        }));
        const svg = chainSvg(viewOf(named, links), { ...LOOK, title: text });
        expect(xmlFault(svg)).toBeNull();
        expect(svg).not.toContain("<script");
      }),
      { numRuns: 30 },
    );
  });

  it("shows of a name of a million characters what fits", () => {
    const long = "x".repeat(1_000_000);
    const steps = [
      { key: "a", lane: long, id: long, tool: long },
      { key: "b", lane: long, id: long, tool: long, guard: long, decision: "deny" as const },
    ];
    const svg = chainSvg(viewOf(steps, [{ from: "a", to: "b", topic: long }]), LOOK);
    expect(svg.length).toBeLessThan(20_000);
  });
});

describe("the check for well-formedness", () => {
  it("finds what a parser would refuse", () => {
    for (const text of [
      "<a>",
      "<a></b>",
      "<a/><a/>",
      "<a>&</a>",
      "<a>&nbsp;</a>",
      '<a b="<"/>',
      '<a b="1" b="2"/>',
      "<a b=1/>",
      "<a>\u0001</a>",
      "<a>\ud800</a>",
      "<a>1 < 2</a>",
    ]) {
      expect(xmlFault(text), text).not.toBeNull();
    }
    expect(xmlFault('<a b="&quot;">x &amp; y<c/></a>')).toBeNull();
  });
});
