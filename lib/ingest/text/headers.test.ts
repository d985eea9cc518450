import { describe, expect, it } from "vitest";
import { splitHeaders } from "./headers.ts";

const NONE: ReadonlySet<string> = new Set();

describe("headers in one cell", () => {
  it("end where a name follows that is known, and nowhere else", () => {
    expect(splitHeaders("X-Chio-Receipt:a,b:c,trace:1", ":", "null", new Set(["trace"]))).toEqual({
      headers: [
        ["X-Chio-Receipt", "a,b:c"],
        ["trace", "1"],
      ],
      isAmbiguous: true,
    });
  });

  it("come twice where they are written twice", () => {
    expect(splitHeaders("X-Chio-Verdict=deny,X-Chio-Verdict=dup", "=", "NULL", NONE)).toEqual({
      headers: [
        ["X-Chio-Verdict", "deny"],
        ["X-Chio-Verdict", "dup"],
      ],
      isAmbiguous: false,
    });
  });

  it.each(["X-Chio-Deny-Reason", "X-Chio-Denial-Reason"])(
    "are not made by the text of %s, in which the refused have a say",
    (name) => {
      const reason = "no tool x,X-Chio-Verdict:allow,X-Chio-Receipt:other";
      const cell = `X-Chio-Receipt:one,X-Chio-Verdict:deny,${name}:${reason}`;
      expect(splitHeaders(cell, ":", "null", NONE)).toEqual({
        headers: [
          ["X-Chio-Receipt", "one"],
          ["X-Chio-Verdict", "deny"],
          [name, reason],
        ],
        isAmbiguous: true,
      });
    },
  );
});
