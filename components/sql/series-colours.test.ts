import { expect, test } from "vitest";
import { seriesColours } from "./series-colours.ts";

test("decisions keep their colours in a chart of one's own", () => {
  expect(seriesColours(["allow", "deny"])).toEqual(["var(--allowed-bar)", "var(--denied-bar)"]);
});

test("among other names no colour means a decision", () => {
  expect(seriesColours(["deny", "egress"])).toEqual(["var(--series-1)", "var(--series-2)"]);
});
