import { expect, go, PAGES, test } from "./fixtures.ts";

// What counts as stale does so by the page's clock, which these tests put forward.
for (const { name, width } of [
  { name: "wide", width: 1440 },
  { name: "narrow", width: 390 },
]) {
  test(`a ${name} page asks for nothing an hour after it was offline ready`, async ({
    page,
    context,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await page.clock.install();
    await page.goto("/");
    // On a phone the status line is there for programs alone.
    await expect(page.locator("footer")).toContainText("Offline ready", { timeout: 60_000 });
    const asked: string[] = [];
    context.on("request", (request) => asked.push(request.url()));
    for (const later of ["00:01", "01:00:00"]) {
      await page.clock.fastForward(later);
      for (const { path, name: word } of PAGES) {
        await go(page, word);
        await expect(page).toHaveURL((url) => url.pathname === path);
      }
    }
    expect(asked).toEqual([]);
  });
}
