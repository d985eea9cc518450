import { describe, expect, it } from "vitest";
import { sign, verifySignature } from "@/kernel/crypto/ed25519.ts";
import { fromHex, utf8 } from "@/kernel/encoding.ts";
import { BackendDisagreement, Referee } from "./referee.ts";
import { lines } from "./testing/files.ts";
import { keyOf, seedOf } from "./testing/keys.ts";
import { log } from "./testing/log.ts";
import { codesOf, PLATFORM, report, verify } from "./testing/verify.ts";

const seed = seedOf("kernel");
const key = fromHex(keyOf(seed)) ?? new Uint8Array();
const message = utf8("message");
const signature = sign(seed, message);

/** A back end that answers at once, and answers what it is told. */
function platformOf(answer: boolean, chosen = 1) {
  return { ...PLATFORM, backend: { name: "fast", verify: () => answer }, seed: chosen };
}

describe("the referee", () => {
  it("checks every rejection up to 2,000 of a key, then one in a hundred", {
    timeout: 120_000,
  }, async () => {
    const referee = new Referee(platformOf(false));
    // S above the group's order: both rules reject before any arithmetic on points.
    const rejected = new Uint8Array(64).fill(0xff);
    for (let count = 0; count < 12_000; count += 1) {
      await referee.verify(key, message, rejected);
    }
    expect(referee.count.signatures).toBe(12_000);
    expect(referee.count.checked).toBeGreaterThan(2_060);
    expect(referee.count.checked).toBeLessThan(2_150);
  });

  it("checks one acceptance in two hundred, chosen by the seed", async () => {
    const counts = await Promise.all(
      [1, 1, 2].map(async (chosen) => {
        const referee = new Referee(platformOf(true, chosen));
        const at: number[] = [];
        for (let count = 0; count < 6_000; count += 1) {
          const before = referee.count.checked;
          await referee.verify(key, message, signature);
          if (referee.count.checked > before) {
            at.push(count);
          }
        }
        return at;
      }),
    );
    const [first = [], again = [], other = []] = counts;
    expect(first.length).toBeGreaterThan(10);
    expect(first.length).toBeLessThan(60);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it("repeats nothing where the platform's rule is the exact one", async () => {
    const exact = { ...PLATFORM, exact: true, backend: { name: "exact", verify: verifySignature } };
    const referee = new Referee(exact);
    await referee.verify(key, utf8("another"), signature);
    expect(referee.count).toEqual({ signatures: 1, checked: 0, disagreements: 0 });
  });

  it("speaks up when the two rules differ", async () => {
    const referee = new Referee(platformOf(false));
    await expect(referee.verify(key, message, signature)).rejects.toThrow(BackendDisagreement);
    expect(referee.count.disagreements).toBe(1);
  });
});

it("a disagreement is an error, and no verdict on the record is given", async () => {
  const built = log({ receipts: 1, batch: 1 });
  const platform = platformOf(false);
  const files = { "r.ndjson": lines(built.receipts), "c.ndjson": lines(built.checkpoints) };
  const { verdict } = await verify(files, null, { platform });
  expect(codesOf(verdict.report, "error")).toEqual(["SIG-007"]);
  expect(verdict.report.headline).toBe("does-not-verify");
  expect(verdict.refereed.disagreements).toBe(2);
  expect(verdict.report.counts.by_status["not-checked"]).toBe(1);
});

it("what was refereed is counted over all units", async () => {
  const built = log();
  const { verdict } = await verify({ "r.ndjson": lines(built.receipts) }, null, {
    unitBytes: 2_000,
  });
  expect(verdict.refereed.signatures).toBe(24);
  expect((await report({})).headline).toBe("not-checked");
});
