import type { Page } from "playwright/test";
import { expect, go, start, test } from "./fixtures.ts";
import { expectVerdict, finding } from "./verdict.ts";

/** Opens a sample by its card, and returns what the card says one should see. */
async function openSample(page: Page, title: string): Promise<string> {
  await start(page);
  const card = page.getByRole("button", { name: title });
  const promise = (await card.textContent()) ?? "";
  await card.click();
  return promise;
}

test("the clean sample is verified under two demo keys", async ({ page }) => {
  const promise = await openSample(page, "Clean log");
  expect(promise).toContain("Verified, 2 pinned demo keys. All five questions answered yes.");
  await expectVerdict(page, {
    headline: "Verified · 2 pinned keys",
    authentic: "Yes 3,800 / 3,800",
    unaltered: "Yes 3,800 / 3,800",
    included: "Yes 3,800 / 3,800",
    complete: "Yes 3,800 / 3,800",
    consistent: "Yes 0 forks",
  });
  await expect(page.getByText("demo key").first()).toBeVisible();
});

test("the changed sample has one cause: receipt 803", async ({ page }) => {
  const promise = await openSample(page, "Changed log");
  expect(promise).toContain("Does not verify: 1 cause, 5 effects. Receipt #803.");
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
});

test("the sample without checkpoint 17 misses it and its receipts", async ({ page }) => {
  const promise = await openSample(page, "Removed checkpoint");
  expect(promise).toContain("Checkpoint 17 absent, 100 receipts absent. Complete: no.");
  await expectVerdict(page, {
    headline: "Does not verify · 1 checkpoint and 100 receipts absent",
    unaltered: "Yes 3,700 / 3,700",
    complete: expect.stringMatching(/^No /),
  });
  const card = finding(page, /^Checkpoint 17: absent/);
  await expect(card).toContainText("CKP-004");
  await expect(card).toContainText("1,601 to 1,700");
  await expect(page.getByRole("heading", { name: "What is not here" })).toBeVisible();
});

test("the forked sample has two histories", async ({ page }) => {
  const promise = await openSample(page, "Forked checkpoints");
  expect(promise).toContain("Two different checkpoints with one number. Consistent: no.");
  await expectVerdict(page, {
    headline: expect.stringMatching(/^Does not verify/),
    consistent: expect.stringMatching(/^No [1-9]/),
  });
  await expect(page.getByText("EQV-001").first()).toBeVisible();
});

test("the choreography has one receipt that was changed, and a parent that is not here", async ({
  page,
}) => {
  const promise = await openSample(page, "Choreography");
  expect(promise).toContain("16 orders through 5 services, 1,228 receipts, 495 Kafka records");
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
