import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

interface Locked {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync("package-lock.json", "utf8"),
);

/** The places where a package is looked for by the one at `from`, nearest first. */
function placesOf(name: string, from: string): readonly string[] {
  const places: string[] = [];
  for (
    let folder = from;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))
  ) {
    places.push(`${folder === "" ? "" : `${folder}/`}node_modules/${name}`);
    if (folder === "") return places;
  }
}

test("the lock file lists what every package needs on any platform", () => {
  // npm ci refuses a lock file that leaves one out, and an installation on one platform leaves them out.
  const missing: string[] = [];
  for (const [from, { dependencies = {}, optionalDependencies = {} }] of Object.entries(
    lock.packages,
  )) {
    for (const [name, wanted] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      const found = placesOf(name, from)
        .map((place) => lock.packages[place]?.version)
        .find((version) => version !== undefined);
      const isExact = /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(wanted);
      if (found === undefined || (isExact && found !== wanted)) {
        missing.push(`${from} needs ${name} ${wanted}, found ${found}`);
      }
    }
  }
  expect(missing).toEqual([]);
});
