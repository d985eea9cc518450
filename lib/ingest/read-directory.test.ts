import { expect, it } from "vitest";
import { type EntryLike, readDropped } from "./read-directory.ts";

function fileEntry(name: string): EntryLike {
  const entry = {
    isFile: true,
    isDirectory: false,
    name,
    file: (success: (file: File) => void) => queueMicrotask(() => success(new File(["{}"], name))),
  };
  return entry;
}

/** Hands its children out 100 at a time, as Chromium does. */
function folderEntry(name: string, children: readonly EntryLike[]): EntryLike {
  const entry = {
    isFile: false,
    isDirectory: true,
    name,
    createReader() {
      let next = 0;
      return {
        readEntries(success: (entries: readonly EntryLike[]) => void) {
          const batch = children.slice(next, next + 100);
          next += 100;
          queueMicrotask(() => success(batch));
        },
      };
    },
  };
  return entry;
}

function item(entry: EntryLike | null, file: File | null) {
  return { kind: "file", webkitGetAsEntry: () => entry, getAsFile: () => file };
}

it("reads a folder of 1,500 files to its end, in the order of names", async () => {
  const names = Array.from({ length: 1500 }, (_, index) => `f${String(index).padStart(4, "0")}`);
  const shuffled = names.toSorted((a, b) => (a.slice(-1) + a < b.slice(-1) + b ? -1 : 1));
  const folder = folderEntry("evidence", shuffled.map(fileEntry));
  // A folder also shows as a pseudo-file of no octets, which is no file.
  const files = await readDropped({ items: [item(folder, new File([], "evidence"))] });
  expect(files.map((file) => file.path)).toEqual(names.map((name) => `evidence/${name}`));
});

it("walks folders in folders and keeps loose files and their order", async () => {
  const deep = folderEntry("a", [
    folderEntry("c", [fileEntry("x")]),
    fileEntry("b"),
    folderEntry("e", []),
  ]);
  const loose = new File(["{}"], "loose.json");
  const files = await readDropped({
    items: [item(fileEntry("loose.json"), loose), item(deep, null), item(null, loose)],
  });
  expect(files.map((file) => file.path)).toEqual(["loose.json", "a/b", "a/c/x", "loose.json"]);
});

it("takes every entry before it waits, since the browser empties the transfer", async () => {
  let taken = 0;
  const entry = fileEntry("x");
  const counted = {
    kind: "file",
    getAsFile: () => null,
    webkitGetAsEntry() {
      taken += 1;
      return entry;
    },
  };
  const reading = readDropped({ items: [counted, counted, counted] });
  expect(taken).toBe(3);
  expect(await reading).toHaveLength(3);
});

it("names the file that cannot be read", async () => {
  const broken = {
    isFile: true,
    isDirectory: false,
    name: "locked",
    file: (_: unknown, failure: (error: unknown) => void) => failure(new Error("no")),
  };
  const folder = folderEntry("evidence", [broken]);
  await expect(readDropped({ items: [item(folder, null)] })).rejects.toThrow("evidence/locked");
});
