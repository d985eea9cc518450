import { readdirSync, readFileSync } from "node:fs";

/** Renderer processes among the descendants of this process, as Linux tells them. */
export function rendererIds(): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const id = Number(name);
    const parent = Number.isInteger(id) ? parentOf(id) : null;
    if (parent !== null) {
      children.set(parent, [...(children.get(parent) ?? []), id]);
    }
  }
  const found: number[] = [];
  const waiting = [process.pid];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    waiting.push(...(children.get(id) ?? []));
    if (textOf(`/proc/${id}/cmdline`).includes("--type=renderer")) {
      found.push(id);
    }
  }
  return found;
}

/** Octets of physical memory that the processes hold together; a page that several share is counted once. */
export function residentBytes(ids: readonly number[]): number {
  let kibibytes = 0;
  for (const id of ids) {
    kibibytes += proportionalSet(textOf(`/proc/${id}/smaps_rollup`));
  }
  return kibibytes * 1024;
}

/** Kibibytes by Linux's account: shared pages in equal parts to those who share them. */
export function proportionalSet(rollup: string): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
}

/** Milliseconds of processor time that each thread of the processes has taken, by `process/thread name`. */
export function threadTimes(ids: readonly number[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const id of ids) {
    for (const thread of namesIn(`/proc/${id}/task`)) {
      const path = `/proc/${id}/task/${thread}`;
      const nanoseconds = Number(textOf(`${path}/schedstat`).split(" ")[0] ?? 0);
      times.set(`${thread} ${textOf(`${path}/comm`).trim()}`, nanoseconds / 1e6);
    }
  }
  return times;
}

/** Watches the renderers' memory until it is told to stop; gives the highest sum it saw. */
export function watchMemory(): { readonly stop: () => number } {
  const ids = rendererIds();
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, residentBytes(ids));
  };
  // Adding up a gigabyte's pages takes the system some milliseconds.
  const timer = setInterval(look, 250);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}

function parentOf(id: number): number | null {
  // The name in parentheses may hold anything, so the fields are counted from its end.
  const after = textOf(`/proc/${id}/stat`).split(") ").at(-1)?.split(" ");
  return after?.[1] === undefined ? null : Number(after[1]);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** Empty where the process is gone by now. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
