import { describe, expect, it } from "vitest";
import { formatBytes } from "./bytes.ts";
import { cliLine } from "./cli-line.ts";
import { groupInputs } from "./input-groups.ts";
import { formatCount, formatFraction, joinWords, plural, wholePercent } from "./numbers.ts";
import { formatDateTime, formatRange, formatSeconds, formatTime } from "./time.ts";
import { pinnedKeyCount } from "./trust-words.ts";

describe("numbers", () => {
  it("carry commas and their noun", () => {
    expect(formatCount(3792)).toBe("3,792");
    expect(formatCount(18446744073709551615n)).toBe("18,446,744,073,709,551,615");
    expect(formatFraction(3791, 3792)).toBe("3,791 / 3,792");
    expect(plural(1, "receipt")).toBe("1 receipt");
    expect(plural(0, "entry", "entries")).toBe("0 entries");
    expect(joinWords(["a", "b", "c"])).toBe("a, b and c");
  });

  it("never round up to the whole", () => {
    expect(wholePercent(3791, 3792)).toBe(99);
    expect(wholePercent(1, 1)).toBe(100);
    expect(wholePercent(0, 0)).toBe(0);
  });

  it("of octets have a unit", () => {
    expect(formatBytes(0)).toBe("0 bytes");
    expect(formatBytes(1000)).toBe("1 KB");
    expect(formatBytes(6_800_000)).toBe("6.8 MB");
    expect(formatBytes(999_600)).toBe("1 MB");
    expect(formatBytes(118_000_000)).toBe("118 MB");
  });
});

describe("times", () => {
  it("are UTC, with the date said once where it is one day", () => {
    expect(formatRange({ from: 1776269160, to: 1776278400 })).toBe("2026-04-15 16:06 to 18:40 UTC");
    expect(formatRange({ from: 1776269160, to: 1776355560 })).toBe(
      "2026-04-15 16:06 to 2026-04-16 16:06 UTC",
    );
    expect(formatRange({ from: 1776269160, to: 1776269161 })).toBe("2026-04-15 16:06 UTC");
    expect(formatTime(1776270871)).toBe("16:34:31");
  });

  it("that no calendar holds are shown as they are", () => {
    expect(formatDateTime(2 ** 64)).toBe("second 18446744073709552000");
    expect(formatDateTime(Number.NaN)).toBe("second NaN");
  });

  it("left to wait read shortly", () => {
    expect(formatSeconds(0.42)).toBe("0.4 s");
    expect(formatSeconds(61)).toBe("61 s");
    expect(formatSeconds(3900)).toBe("1 h 5 min");
    expect(formatSeconds(Number.POSITIVE_INFINITY)).toBe("unknown");
  });
});

describe("the line for a terminal", () => {
  it("quotes names that a shell would read", () => {
    expect(cliLine(["evidence.zip"], ["trust.json"])).toBe(
      "npm run --silent chio -- verify evidence.zip --trust trust.json",
    );
    expect(cliLine(["my log; rm -rf ~.ndjson", "it's"], [])).toBe(
      "npm run --silent chio -- verify 'my log; rm -rf ~.ndjson' 'it'\\''s'",
    );
  });

  it("runs nothing when a hostile name is pasted", () => {
    expect(cliLine(["a\nreboot\n", "--json"], [])).toBe(
      "npm run --silent chio -- verify 'a?reboot?' ./--json",
    );
  });
});

describe("files", () => {
  it("are listed under the folder or archive that they came in", () => {
    const input = (path: string) => ({ path, sha256: "", recognised_as: "", rows: 0, rejected: 0 });
    const groups = groupInputs([input("a.zip/x"), input("a.zip/d/y"), input("loose"), input("b")]);
    expect(groups.map((group) => [group.collection, group.inputs.map(({ name }) => name)])).toEqual(
      [
        ["a.zip", ["x", "d/y"]],
        ["", ["loose"]],
        ["", ["b"]],
      ],
    );
  });
});

describe("pinned keys", () => {
  it("count once, whatever roles they have", () => {
    const entry = { fingerprint: "", note: "", validFrom: null, validUntil: null, retiredAt: null };
    const pinned = [
      { ...entry, role: "kernel", key: "a" },
      { ...entry, role: "checkpoint", key: "a" },
      { ...entry, role: "kernel", key: "b" },
    ];
    expect(pinnedKeyCount({ pinned, offered: [], refused: [] })).toBe(2);
  });
});
