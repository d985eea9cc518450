import { describe, expect, it } from "vitest";
import { shellEscape } from "./shell-escape.ts";

describe("an escape of the shell", () => {
  it.each([
    ["a", "\x07", 1],
    ["b", "\b", 1],
    ["e", "\x1b", 1],
    ["E", "\x1b", 1],
    ["f", "\f", 1],
    ["n", "\n", 1],
    ["r", "\r", 1],
    ["t", "\t", 1],
    ["v", "\v", 1],
    ["'", "'", 1],
    ["\\", "\\", 1],
    ["z", "z", 1],
    ["x2f", "/", 3],
    ["x2fA", "/", 3],
    ["x7", "\x07", 2],
    ["xg", "x", 1],
    ["u002fA", "/", 5],
    ["U0000002fA", "/", 9],
    ["U0010ffff", "\u{10ffff}", 9],
    ["U00110000", "\ufffd", 9],
    ["0570", "/", 3],
    ["57", "/", 2],
    ["8", "8", 1],
    ["", "", 1],
  ])("%j", (text, value, length) => {
    expect(shellEscape(`$'\\${text}`, 3)).toEqual({ value, end: 3 + length });
  });
});
