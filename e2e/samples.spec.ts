import type { Page } from "playwright/test";
import { expect, go, start, test } from "./fixtures.ts";
import { clearEverything, expectVerdict, finding } from "./verdict.ts";

interface Sample {
  readonly name: string;
  readonly card: string;
  /** What the card says that one will see. */
  readonly promise: string;
  readonly see: (page: Page) => Promise<void>;
}

const SAMPLES: readonly Sample[] = [
  {
    name: "the clean sample is verified under two demo keys",
    card: "Clean log",
    promise: "Verified, 2 pinned demo keys. All five questions answered yes.",
    see: async (page) => {
      await expectVerdict(page, {
        headline: "Verified · 2 pinned keys",
        authentic: "Yes 3,800 / 3,800",
        unaltered: "Yes 3,800 / 3,800",
        included: "Yes 3,800 / 3,800",
        complete: "Yes 3,800 / 3,800",
        consistent: "Yes 0 forks",
      });
      await expect(page.getByText("demo key").first()).toBeVisible();
    },
  },
  {
    name: "the changed sample has one cause: receipt 803",
    card: "Changed log",
    promise: "Does not verify: 1 cause, 5 effects. Receipt #803.",
    see: async (page) => {
      await expectVerdict(page, { headline: "Does not verify · 1 cause, 5 effects" });
      const card = finding(page, /^Receipt #803: one value is not the value that was signed/);
      await expect(card).toContainText(/receipts\.ndjson.*line 803/);
      await expect(card).toContainText("/action/parameters/amount");
      await expect(card).toContainText(/"12000\.00".*"120\.00"/);
      await expect(card).toContainText("With this value the signature fits.");
      await card.getByRole("link", { name: "export-B.ndjson line 303" }).click();
      await expect(page).toHaveURL((url) => url.pathname === "/receipts");
      const drawer = page.getByRole("complementary", { name: "Receipt" });
      await expect(drawer.getByRole("tabpanel")).toContainText('"amount":"120.00"');
    },
  },
  {
    name: "the sample without checkpoint 17 misses it and its receipts",
    card: "Removed checkpoint",
    promise: "Checkpoint 17 absent, 100 receipts absent. Complete: no.",
    see: async (page) => {
      await expectVerdict(page, {
        headline: "Does not verify · 1 checkpoint and 100 receipts absent",
        unaltered: "Yes 3,700 / 3,700",
        complete: expect.stringMatching(/^No /),
      });
      const card = finding(page, /^Checkpoint 17: absent/);
      await expect(card).toContainText("CKP-004");
      await expect(card).toContainText("1,601 to 1,700");
      await expect(page.getByRole("heading", { name: "What is not here" })).toBeVisible();
    },
  },
  {
    name: "the forked sample has two histories",
    card: "Forked checkpoints",
    promise: "Two different checkpoints with one number. Consistent: no.",
    see: async (page) => {
      await expectVerdict(page, {
        headline: expect.stringMatching(/^Does not verify/),
        consistent: expect.stringMatching(/^No [1-9]/),
      });
      await expect(page.getByText("EQV-001").first()).toBeVisible();
    },
  },
  {
    name: "the choreography has one receipt that was changed, and a parent that is not here",
    card: "Choreography",
    promise: "16 orders through 5 services, 1,228 receipts, 495 Kafka records",
    see: async (page) => {
      await expectVerdict(page, {
        headline: expect.stringMatching(/^Does not verify · 1 cause/),
        unaltered: "No 1,227 / 1,228",
        included: "No 1,227 / 1,228",
        complete: "Yes 1,228 / 1,228",
      });
      await expect(
        finding(page, /^Receipt #40: its parameters are not the parameters that were signed/),
      ).toBeVisible();
      await expect(page.getByText("LNK-001").first()).toBeVisible();
    },
  },
];

test("each sample is what its card promises", async ({ page }) => {
  test.setTimeout(180_000);
  await start(page);
  for (const { name, card, promise, see } of SAMPLES) {
    await test.step(name, async () => {
      const button = page.getByRole("button", { name: card });
      await expect(button).toContainText(promise);
      await button.click();
      await see(page);
      await clearEverything(page);
    });
  }
});

test("a log of any size is made and checked here", async ({ page }) => {
  await start(page);
  await page.getByRole("button", { name: "Make a log of any size" }).click();
  const dialog = page.getByRole("dialog", { name: "Make a log of any size" });
  await dialog.getByLabel(/^Receipts, 1 to/).fill("2,000");
  await dialog.getByRole("button", { name: "Make and check" }).click();
  await expectVerdict(page, {
    headline: expect.stringMatching(/^(Verified · 1 pinned key|Self-consistent · no key pinned)$/),
    unaltered: "Yes 2,000 / 2,000",
    included: "Yes 2,000 / 2,000",
  });
  await go(page, "Receipts");
  await expect(page.getByText("2,000 of 2,000 receipts")).toBeVisible();
});
