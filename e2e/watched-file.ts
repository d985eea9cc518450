import type { Page } from "playwright/test";

/**
 * Puts the page's own private file behind the picker: a real handle of a real file that grows. Only the window
 * in which a hand would choose it is left out.
 */
export async function standInForThePicker(page: Page, name: string): Promise<void> {
  await page.addInitScript((file) => {
    Reflect.set(window, "showOpenFilePicker", async () => {
      const root = await navigator.storage.getDirectory();
      return [await root.getFileHandle(file, { create: true })];
    });
  }, name);
}

/** Writes at the end of the file, as a server's log is written; `anew` writes it from its start. */
export async function append(page: Page, name: string, text: string, anew = false): Promise<void> {
  await page.evaluate(
    async ([file, more, isAnew]) => {
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle(file, { create: true });
      const { size } = await handle.getFile();
      const stream = await handle.createWritable({ keepExistingData: !isAnew });
      await stream.write({ type: "write", position: isAnew ? 0 : size, data: more });
      await stream.close();
    },
    [name, text, anew] as const,
  );
}

/** What the Live page has counted under a word. */
export async function counted(page: Page, word: string): Promise<number> {
  const shown = page.locator(`[data-count="${word}"]`);
  if ((await shown.count()) === 0) return 0;
  return Number((await shown.textContent())?.replaceAll(",", ""));
}
