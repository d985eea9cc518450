/** Milliseconds without a request after which the page counts as fully loaded. */
const QUIET = 1_500;
/** However busy the page is, its workers start after this. */
const LATEST = 2_000;

/** Resolves when the browser has nothing better to do, or after two seconds. */
export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "function") {
      requestIdleCallback(() => resolve(), { timeout: LATEST });
    } else {
      setTimeout(resolve, 200);
    }
  });
}

/**
 * Loads every face of every font now. A browser fetches a face when a character first needs it, so that
 * a name in another script, or the first hash on a narrow page, would be a request long after load.
 */
export async function loadFonts(): Promise<void> {
  await Promise.allSettled([...document.fonts].map((face) => face.load()));
}

/** Resolves when the page has been loaded and made no request for a while: prefetched routes are here. */
export async function whenQuiet(): Promise<void> {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => window.addEventListener("load", resolve, { once: true }));
  }
  let last = performance.now();
  const observer = new PerformanceObserver(() => {
    last = performance.now();
  });
  observer.observe({ type: "resource", buffered: false });
  for (let left = QUIET; left > 0; left = last + QUIET - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, left));
  }
  observer.disconnect();
}
