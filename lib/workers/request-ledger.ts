/**
 * Reports, from now on, how many network requests this page or worker makes. The platform writes down
 * every one that its own code causes; none are expected.
 */
export function countRequests(report: (count: number) => void): void {
  if (typeof PerformanceObserver === "undefined") {
    return;
  }
  new PerformanceObserver((list) => {
    const sent = list.getEntries().filter((entry) => isRemote(entry.name)).length;
    if (sent > 0) {
      report(sent);
    }
  }).observe({ type: "resource", buffered: false });
}

/** Files of this page's memory have addresses too, but nothing is sent for them. */
function isRemote(address: string): boolean {
  return !address.startsWith("blob:") && !address.startsWith("data:");
}
