import { expect, test } from "vitest";
import { countNodes } from "./beneath.ts";
import type { Integrity } from "./model.ts";
import { chainOf } from "./testing/nodes.ts";

function unverifiedOf(...integrities: readonly Integrity[]): number {
  const steps = integrities.map((integrity, at) => ({ id: `s${at}`, integrity }));
  return countNodes(chainOf(steps).nodes, steps.keys()).unverified;
}

test("without a pinned key self-consistent is as good as it gets", () => {
  expect(unverifiedOf("self-consistent", "self-consistent")).toBe(0);
  expect(unverifiedOf("self-consistent", "not-checked", "unsigned", "does-not-verify")).toBe(2);
});

test.each<Integrity>(["verified", "verified-not-checkpointed"])(
  "beside a receipt that is %s it stands out",
  (integrity) => {
    expect(unverifiedOf(integrity, "self-consistent", "not-checked")).toBe(2);
  },
);
