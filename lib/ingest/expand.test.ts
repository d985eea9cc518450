import { gzipSync, strToU8, Zip, ZipDeflate, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { blobSink } from "./sources.ts";
import { joined, tarOf } from "./testing/archives.ts";
import { contentOf, expandAll, recordsOf, sha256Hex } from "./testing/expand-all.ts";

const log = '{"id":"a"}\n{"id":"b"}\n';

/** A ZIP whose entries carry their sizes behind them, as streaming writers make it. */
function streamedZip(files: Readonly<Record<string, string>>): Uint8Array {
  const parts: Uint8Array[] = [];
  const zip = new Zip((_, part) => parts.push(part));
  for (const [name, content] of Object.entries(files)) {
    const entry = new ZipDeflate(name);
    zip.add(entry);
    entry.push(strToU8(content), true);
  }
  zip.end();
  return joined(parts);
}

function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return 0x20 + ((state >>> 16) % 64);
  });
}

describe("paths", () => {
  it("names members by folder and archive", async () => {
    const { members } = await expandAll({
      "loose.ndjson": strToU8(log),
      "evidence/receipts.ndjson": strToU8(log),
      "a/b/policy/x.yaml": strToU8("a: 1"),
      "evidence.zip": zipSync({ "receipts.ndjson": strToU8(log), "folder/x.json": strToU8("{}") }),
    });
    expect(members.map(({ path, collection, name }) => [path, collection, name])).toEqual([
      ["loose.ndjson", "", "loose.ndjson"],
      ["evidence/receipts.ndjson", "evidence", "receipts.ndjson"],
      ["a/b/policy/x.yaml", "a/b/policy", "x.yaml"],
      ["evidence.zip/receipts.ndjson", "evidence.zip", "receipts.ndjson"],
      ["evidence.zip/folder/x.json", "evidence.zip/folder", "x.json"],
    ]);
    expect(members.map((member) => member.id)).toEqual([0, 1, 2, 3, 4]);
  });

  it("hashes every file and every member", async () => {
    const zip = zipSync({ "receipts.ndjson": strToU8(log) });
    const progress: number[][] = [];
    const { members, inputs } = await expandAll(
      { "e.zip": zip, "x.ndjson": strToU8(log) },
      { onProgress: (read, total) => progress.push([read, total]), firstMemberId: 7 },
    );
    expect(inputs).toEqual([
      {
        kind: "input",
        input: 0,
        sha256: sha256Hex(zip),
        size: zip.length,
        recognisedAs: "zip archive",
      },
      {
        kind: "input",
        input: 1,
        sha256: sha256Hex(strToU8(log)),
        size: log.length,
        recognisedAs: "file",
      },
    ]);
    expect(members.map(({ id, input, sha256 }) => [id, input, sha256])).toEqual([
      [7, 0, sha256Hex(strToU8(log))],
      [8, 1, sha256Hex(strToU8(log))],
    ]);
    const total = zip.length + log.length;
    expect(progress.at(-1)).toEqual([total, total]);
  });
});

/** Part of an archive's bytes: at half past three a time of now spells the brace that is looked for. */
const MADE = "2026-04-15T12:00:00";

describe("zip", () => {
  it.each([
    ["stored", zipSync({ "r.ndjson": strToU8(log) }, { level: 0 })],
    ["deflated", zipSync({ "r.ndjson": strToU8(log) })],
    ["with sizes behind the data", streamedZip({ "r.ndjson": log })],
    ["with a comment at its end", zipSync({ "r.ndjson": strToU8(log) }, { comment: "PK" })],
  ])("reads an archive that is %s", async (_, bytes) => {
    const { members, findings } = await expandAll({ "not-named-zip": bytes });
    expect(findings).toEqual([]);
    expect(members.map((member) => member.path)).toEqual(["not-named-zip/r.ndjson"]);
    expect(await contentOf(members[0])).toBe(log);
  });

  it("keeps entries in Blobs where the page asks for it", async () => {
    const zip = zipSync({ "r.ndjson": strToU8(log) });
    const { members } = await expandAll({ "e.zip": zip }, { sink: blobSink });
    expect(members[0]?.source.transferable).toBeInstanceOf(Blob);
    expect(await contentOf(members[0])).toBe(log);
  });

  it("shows a path that leads out under a safe one, and says so", async () => {
    const zip = zipSync({
      "../../etc/x": strToU8(log),
      "/abs": strToU8(log),
      "C:\\y": strToU8(log),
    });
    const { members, findings } = await expandAll({ "e.zip": zip });
    expect(members.map((member) => member.path)).toEqual([
      "e.zip/__/__/etc/x",
      "e.zip/abs",
      "e.zip/C:/y",
    ]);
    expect(findings.map((finding) => finding.code)).toEqual(["FMT-011", "FMT-011", "FMT-011"]);
  });

  it("keeps both of two entries with one name, and says so", async () => {
    const zip = zipSync({ "aa.json": strToU8('{"n":1}'), "ab.json": strToU8('{"n":2}') });
    const text = new TextDecoder("latin1").decode(zip).replaceAll("ab.json", "aa.json");
    const { members, findings } = await expandAll({
      "e.zip": Uint8Array.from(text, (s) => s.charCodeAt(0)),
    });
    expect(members.map((member) => member.path)).toEqual(["e.zip/aa.json", "e.zip/aa.json (2)"]);
    expect(await Promise.all(members.map(contentOf))).toEqual(['{"n":1}', '{"n":2}']);
    expect(findings.map((finding) => finding.code)).toEqual(["FMT-011"]);
  });

  it("refuses an encrypted entry and reads its neighbour", async () => {
    const both = { "a.json": strToU8("{}"), "b.json": strToU8("{}") };
    const zip = zipSync(both, { mtime: MADE }).slice();
    const directory = zip.findLastIndex((byte, at) => byte === 0x50 && zip[at + 2] === 1);
    zip[directory + 8] = 1;
    const { members, findings } = await expandAll({ "e.zip": zip });
    expect(members.map((member) => member.name)).toEqual(["a.json"]);
    expect(findings).toMatchObject([{ code: "FMT-011", path: "e.zip/b.json" }]);
  });

  it("finds altered content by its checksum, and names that differ inside", async () => {
    const zip = zipSync({ "a.json": strToU8('{"n":1}') }, { level: 0, mtime: MADE }).slice();
    const at = zip.indexOf("{".charCodeAt(0));
    zip[at + 5] = "2".charCodeAt(0);
    expect((await expandAll({ z: zip })).findings).toMatchObject([{ code: "FMT-011" }]);
    const renamed = zipSync({ "a.json": strToU8("{}") }).slice();
    renamed[30] = "b".charCodeAt(0);
    expect((await expandAll({ z: renamed })).findings).toMatchObject([{ code: "FMT-011" }]);
  });

  it.each([
    ["with sizes in front", zipSync({ "a.ndjson": strToU8(log), "b.txt": noise(40_000) })],
    [
      "with sizes behind",
      streamedZip({ "a.ndjson": log, "b.txt": new TextDecoder().decode(noise(40_000)) }),
    ],
  ])("keeps what can be read of a cut archive %s", async (_, bytes) => {
    const { members, findings } = await expandAll({ "e.zip": bytes.subarray(0, 20_000) });
    expect(findings[0]?.code).toBe("FMT-011");
    expect(members.map((member) => member.name)).toEqual(["a.ndjson", "b.txt"]);
    expect(await contentOf(members[0])).toBe(log);
    expect(members[1]?.source.size).toBeGreaterThan(5_000);
  });

  it("survives damage anywhere", async () => {
    const whole = joined([streamedZip({ "a.ndjson": log, "b.ndjson": log })]);
    for (let at = 4; at < whole.length; at += 1) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      await expandAll({ "e.zip": bytes });
      await expandAll({ "e.zip": whole.subarray(0, at) });
    }
  });
});

describe("gzip and tar", () => {
  it("names the one entry of a gzip file by its header, else by the file", async () => {
    const { members, inputs } = await expandAll({
      "log.ndjson.gz": gzipSync(strToU8(log)),
      upload: gzipSync(strToU8(log), { filename: "receipts.ndjson" }),
    });
    expect(members.map((member) => member.path)).toEqual([
      "log.ndjson.gz/log.ndjson",
      "upload/receipts.ndjson",
    ]);
    expect(await contentOf(members[0])).toBe(log);
    expect(inputs.map((input) => input.recognisedAs)).toEqual(["gzip", "gzip"]);
  });

  it("reads gzip members one after the other, and ends at every place in a block", async () => {
    const two = joined([gzipSync(strToU8(log)), gzipSync(strToU8(log))]);
    const both = await expandAll({ "l.gz": two });
    expect(await contentOf(both.members[0])).toBe(log + log);
    expect(both.findings).toEqual([]);
    for (let size = 32_700; size < 32_800; size += 1) {
      const { members, findings } = await expandAll({
        "l.gz": gzipSync(noise(size), { level: 0 }),
      });
      expect(findings).toEqual([]);
      expect(members[0]?.source.size).toBe(size);
    }
  });

  it("keeps what can be read of a cut or damaged gzip file", async () => {
    const gz = gzipSync(noise(100_000));
    const cut = await expandAll({ "l.gz": gz.subarray(0, gz.length >> 1) });
    expect(cut.findings).toMatchObject([{ code: "FMT-011", path: "l.gz" }]);
    expect(cut.members[0]?.source.size).toBeGreaterThan(30_000);
    const trailer = gz.slice();
    trailer[gz.length - 6] = 0;
    expect((await expandAll({ "l.gz": trailer })).findings).toMatchObject([{ code: "FMT-011" }]);
  });

  it("reads tar and tar in gzip, and follows no link", async () => {
    const tar = tarOf([
      { name: "bundle/", content: "", type: "5" },
      { name: "bundle/receipts.ndjson", content: log },
      { name: "bundle/link", content: "", type: "2" },
      { name: "././@LongLink", content: `bundle/${"n".repeat(150)}.json\0`, type: "L" },
      { name: "short", content: "{}" },
      { name: "PaxHeader", content: "22 path=bundle/p.json\n", type: "x" },
      { name: "short", content: "{}" },
    ]);
    for (const [name, bytes] of [
      ["b.tar", tar],
      ["b.tar.gz", gzipSync(tar, { filename: "b.tar" })],
    ] as const) {
      const { members, findings } = await expandAll({ [name]: bytes });
      expect(findings).toEqual([]);
      expect(members.map((member) => [member.path, member.layout])).toEqual([
        [`${name}/bundle/receipts.ndjson`, "lines"],
        [`${name}/bundle/link`, "empty"],
        [`${name}/bundle/${"n".repeat(150)}.json`, "lines"],
        [`${name}/bundle/p.json`, "lines"],
      ]);
      expect(await contentOf(members[0])).toBe(log);
    }
  });

  it("keeps what can be read of a cut tar file", async () => {
    const tar = tarOf([
      { name: "a", content: log },
      { name: "b", content: "x".repeat(900) },
    ]);
    const { members, findings } = await expandAll({ "b.tar": tar.subarray(0, 512 * 3 + 100) });
    expect(members.map((member) => member.source.size)).toEqual([log.length, 100]);
    expect(findings).toMatchObject([{ code: "FMT-011" }]);
    const noEnd = tarOf([{ name: "a", content: log }], { end: false });
    expect((await expandAll({ "b.tar": noEnd })).findings).toMatchObject([{ code: "FMT-011" }]);
  });
});

describe("limits", () => {
  const small = { ratioFloor: 1024 * 1024 };

  it("stops a gzip bomb by what comes out, and keeps what did", async () => {
    const bomb = gzipSync(new Uint8Array(30 * 1024 * 1024));
    const { members, findings } = await expandAll(
      { "b.gz": bomb },
      { limits: { ratioFloor: 2 * 1024 * 1024 } },
    );
    expect(findings).toMatchObject([{ code: "LIM-003", path: "b.gz" }]);
    expect(members[0]?.source.size).toBeLessThan(30 * 1024 * 1024);
  });

  it("stops a zip bomb at its entry, whatever its headers say", async () => {
    const honest = zipSync({
      "a.ndjson": strToU8(log),
      zeros: new Uint8Array(20_000_000),
      late: strToU8(log),
    });
    // Every place that states the size of the zeros now states 5 octets.
    const size = Uint8Array.of(0x00, 0x2d, 0x31, 0x01);
    const zip = honest.slice();
    for (let at = 0; at < zip.length; at += 1) {
      if (size.every((byte, index) => zip[at + index] === byte)) zip.set([5, 0, 0, 0], at);
    }
    const { members, findings } = await expandAll({ "b.zip": zip }, { limits: small });
    expect(findings).toMatchObject([{ code: "LIM-003", path: "b.zip/zeros" }]);
    expect(members.map((member) => member.name)).toEqual(["a.ndjson", "zeros"]);
  });

  it("counts over all archives of a drop", async () => {
    const zip = zipSync({ a: noise(3000) });
    const { findings } = await expandAll(
      { "1.zip": zip, "2.zip": zip },
      { limits: { unpackedBytes: 5000 } },
    );
    expect(findings).toMatchObject([{ code: "LIM-003", path: "2.zip/a" }]);
  });

  it("stops at the number of members", async () => {
    const zip = zipSync(
      Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, strToU8("{}")])),
    );
    const { members, findings } = await expandAll({ "m.zip": zip }, { limits: { members: 10 } });
    expect(members).toHaveLength(10);
    expect(findings).toMatchObject([{ code: "LIM-003" }]);
  });

  it("opens archives in archives up to the limit", async () => {
    let bytes: Uint8Array = strToU8(log);
    for (let level = 0; level < 4; level += 1) bytes = zipSync({ [`l${level}`]: bytes });
    const { members, findings } = await expandAll({ "n.zip": bytes });
    expect(members.map((member) => [member.path, member.layout])).toEqual([
      ["n.zip/l3/l2/l1", "binary"],
    ]);
    expect(findings).toMatchObject([{ code: "LIM-003", path: "n.zip/l3/l2/l1" }]);
  });

  it("stops when the signal is aborted", async () => {
    const stop = new AbortController();
    stop.abort(new Error("stopped"));
    const files = { "a.gz": gzipSync(strToU8(log)) };
    await expect(expandAll(files, { signal: stop.signal })).rejects.toThrow("stopped");
  });
});

describe("layout", () => {
  it.each([
    ["empty", ""],
    ["empty", "\ufeff \r\n\t\n"],
    ["empty", " ".repeat(200_000)],
    ["lines", log],
    ["lines", `\ufeff\n\n${log}`],
    ["lines", '{"id":"a"}'],
    ["lines", `2026-01-01 started\nnoise\nmore noise\n${log}`],
    ["lines", `[INFO] started\n${log}`],
    ["lines", `{"id":"cut in the mid\n${log}`],
    ["lines", `{"id":"${"x".repeat(100_000)}"}\n${log}`],
    ["lines", `${" ".repeat(100_000)}\n${log}`],
    ["lines", `${"noise and more of it\n".repeat(5000)}${log}`],
    ["lines", `\0\0\n${log}`],
    ["values", JSON.stringify({ a: [{ b: 1 }] }, null, 2)],
    ["values", '{\n"receipts": [\n{"id":1},\n{"id":2}\n]}'],
    ["values", '[{"id":1},{"id":2}]'],
    ["values", '[\n{"id":1},\n{"id":2}\n]'],
    ["values", '  [\n  {\n "id":1},\n{"id":2}\n]'],
    ["values", `# exported\n${JSON.stringify({ a: 1, b: 2 }, null, 2)}`],
    ["text", "README\nof something [1]\n"],
    ["text", "a: 1\nb: 2\n"],
    ["binary", "\0\u0001\u0002 {\n"],
  ])("is %s", async (layout, text) => {
    const { members } = await expandAll({ f: strToU8(text) });
    expect(members[0]?.layout).toBe(layout);
  });

  it("puts octets aside that are no text, and names UTF-16", async () => {
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...Array.from(log, (sign) => [sign.charCodeAt(0), 0]).flat(),
    ]);
    const { members, findings } = await expandAll({
      "16": utf16,
      bytes: Uint8Array.from([0x80, 0xc0, 0xff]),
    });
    expect(members.map((member) => member.layout)).toEqual(["binary", "binary"]);
    expect(findings).toMatchObject([{ code: "FMT-011", path: "16" }]);
  });

  it("gives every record of an archived log", async () => {
    const zip = zipSync({ "r.ndjson": strToU8(log), "all.json": strToU8('[{"id":1},{"id":2}]') });
    const { members } = await expandAll({ "e.zip": zip });
    expect(await Promise.all(members.map(recordsOf))).toEqual([
      ['{"id":"a"}', '{"id":"b"}'],
      ['{"id":1}', '{"id":2}'],
    ]);
  });
});
