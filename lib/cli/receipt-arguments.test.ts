import { describe, expect, test } from "vitest";
import {
  parseChainArguments,
  parseExplainArguments,
  parseListArguments,
  parseOneReceipt,
} from "./receipt-arguments.ts";

const one = { id: "rcpt_001", paths: ["a"], trust: null, json: false };

describe("one receipt", () => {
  test.each([
    [["rcpt_001", "a"], one],
    [
      ["--json", "rcpt_001", "--trust=t", "a", "b"],
      { ...one, paths: ["a", "b"], trust: "t", json: true },
    ],
    [["--receipt-db", "s.db", "rcpt_001", "a"], { ...one, paths: ["s.db", "a"] }],
    [["--receipt-db", "s", "--receipt-db=t", "rcpt_001"], { ...one, paths: ["s", "t"] }],
    [["--", "--json", "-"], { ...one, id: "--json", paths: ["-"] }],
    [["__proto__", "-"], { ...one, id: "__proto__", paths: ["-"] }],
  ])("%j", (words, value) => {
    expect(parseOneReceipt(words)).toEqual({ ok: true, value });
  });

  test.each([
    [[], "no receipt was named"],
    [["", "a"], "no receipt was named"],
    [["rcpt_001"], "no path was given: name files, folders or stores, or - for standard input"],
    [["rcpt_001", "a", "--depth", "1"], "unknown option --depth"],
    [["rcpt_001", "a", "--json=yes"], "unknown option --json=yes"],
    [["rcpt_001", "a", "--trust"], "--trust needs a file"],
    [["rcpt_001", "a", "--trust=x", "--trust", "y"], "--trust was given twice"],
    [["rcpt_001", "--receipt-db="], "--receipt-db needs a file"],
    [["rcpt_001", "a", "--__proto__", "x"], "unknown option --__proto__"],
    [["rcpt_001", "a", "--constructor"], "unknown option --constructor"],
  ])("%j is refused: %s", (words, error) => {
    expect(parseOneReceipt(words)).toEqual({ ok: false, error });
  });
});

describe("a chain", () => {
  test.each([
    [["rcpt_001", "a"], { ...one, direction: "forward", depth: null }],
    [
      ["rcpt_001", "--direction", "both", "--depth", "0", "a"],
      { ...one, direction: "both", depth: 0 },
    ],
    [["rcpt_001", "--direction=backward", "a"], { ...one, direction: "backward", depth: null }],
  ])("%j", (words, value) => {
    expect(parseChainArguments(words)).toEqual({ ok: true, value });
  });

  test.each([
    [["--direction", "up"], "--direction is one of forward, backward, both, not up"],
    [["--direction"], "--direction needs forward, backward, both"],
    [["--depth", "-1"], "--depth is a number from 0 to 1000000, not -1"],
    [["--depth", "1e3"], "--depth is a number from 0 to 1000000, not 1e3"],
    [["--depth", "1000001"], "--depth is a number from 0 to 1000000, not 1000001"],
  ])("%j is refused: %s", (words, error) => {
    expect(parseChainArguments(["rcpt_001", "a", ...words])).toEqual({ ok: false, error });
  });
});

test("explaining takes the original's names and limits", () => {
  expect(parseExplainArguments(["rcpt_001", "--input-file", "a", "--admin-all"])).toEqual({
    ok: true,
    value: { ...one, depth: 8, fanout: 32, tenant: null },
  });
  expect(
    parseExplainArguments("rcpt_001 a --depth 2 --fanout-limit 3 --tenant t".split(" ")),
  ).toEqual({ ok: true, value: { ...one, depth: 2, fanout: 3, tenant: "t" } });
  expect(parseExplainArguments("rcpt_001 a --fanout-limit 0".split(" "))).toEqual({
    ok: false,
    error: "--fanout-limit is a number from 1 to 1000000, not 0",
  });
});

describe("a list", () => {
  const NONE = {
    capability: null,
    toolServer: null,
    toolName: null,
    outcome: null,
    since: null,
    until: null,
    minCost: null,
    maxCost: null,
    tenant: null,
  };

  test("without filters it is the first fifty", () => {
    expect(parseListArguments(["a"])).toEqual({
      ok: true,
      value: { paths: ["a"], filter: NONE, limit: 50, cursor: null },
    });
  });

  test("takes all of the original's filters", () => {
    const words =
      "--capability c --tool-server s --tool-name n --outcome deny --since 1 --until 2 --min-cost 3 --max-cost 18446744073709551615 --limit 4 --cursor 5 --tenant t --json a";
    expect(parseListArguments(words.split(" "))).toEqual({
      ok: true,
      value: {
        paths: ["a"],
        filter: {
          capability: "c",
          toolServer: "s",
          toolName: "n",
          outcome: "deny",
          since: 1n,
          until: 2n,
          minCost: 3n,
          maxCost: 18_446_744_073_709_551_615n,
          tenant: "t",
        },
        limit: 4,
        cursor: 5,
      },
    });
  });

  test.each([
    ["--outcome maybe", "--outcome is one of allow, deny, cancelled, incomplete, not maybe"],
    ["--since yesterday", "--since is a whole number of 64 bits, not yesterday"],
    [
      "--max-cost 18446744073709551616",
      "--max-cost is a whole number of 64 bits, not 18446744073709551616",
    ],
    ["--limit 0", "--limit is a number from 1 to 10000, not 0"],
    [
      "--cursor 99999999999999999999",
      "--cursor is a number from 0 to 9007199254740991, not 99999999999999999999",
    ],
    ["--tenant t --admin-all", "--tenant and --admin-all exclude each other"],
    ["--limit 1 --limit 2", "--limit was given twice"],
    ["--trust t", "unknown option --trust"],
  ])("%s is refused: %s", (words, error) => {
    expect(parseListArguments(["a", ...words.split(" ")])).toEqual({ ok: false, error });
  });

  test("needs something to read", () => {
    expect(parseListArguments([]).ok).toBe(false);
  });
});
