import { err, ok, type Result } from "../result.ts";
import { compileGlob } from "./glob.ts";
import { parseTarget, type Target } from "./host.ts";

/** Whether a target fits one entry of an egress list. */
export type HostPattern = (target: Target) => boolean;

/**
 * One entry of an egress list: a host glob (`*` any run of characters, `?` one, `[a-c]` and `[!x]` classes), an
 * address, or either with `:port`. Case and a trailing dot do not matter. `*.x` does not match `x` (kernel
 * semantics 2.7).
 */
export function compileHostPattern(entry: string): Result<HostPattern, string> {
  const problem = `no host pattern: ${JSON.stringify(entry)}`;
  const exact = parseTarget(entry);
  const port = /:([0-9]{1,5})$/.exec(entry)?.[1];
  if (exact.ok && /^[^/\\@?#*]+$/.test(entry)) {
    const { hostText, host } = exact.value;
    const samePort = portTest(host.kind === "ipv6" && !entry.startsWith("[") ? undefined : port);
    return samePort === null
      ? err(problem)
      : ok((target) => target.hostText === hostText && samePort(target));
  }
  const samePort = portTest(port);
  const glob = (port === undefined ? entry : entry.slice(0, -port.length - 1)).toLowerCase();
  const fits = compileGlob(glob.replace(/\.$/, ""));
  return samePort !== null && fits.ok && /^[a-z0-9.*?_[\]!-]+$/.test(glob)
    ? ok((target) => fits.value(target.hostText) && samePort(target))
    : err(problem);
}

function portTest(port: string | undefined): HostPattern | null {
  if (port === undefined) {
    return () => true;
  }
  const number = Number(port);
  return number <= 65535 ? (target) => target.port === number : null;
}
