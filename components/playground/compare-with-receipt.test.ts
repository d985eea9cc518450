import { describe, expect, it } from "vitest";
import type { Denial } from "@/kernel/evaluation/model.ts";
import { compareWithReceipt } from "./compare-with-receipt.ts";

function denied(guard: string): { readonly denial: Denial } {
  return { denial: { code: "guard-denied", guard, reason: "", pointer: null } };
}

describe("compareWithReceipt", () => {
  it("takes the decision first", () => {
    expect(compareWithReceipt({ denial: null }, { denied: false, guard: "" })).toBe("same");
    expect(compareWithReceipt({ denial: null }, { denied: true, guard: "egress" })).toBe("differs");
    expect(compareWithReceipt(denied("egress"), { denied: false, guard: "" })).toBe("differs");
  });

  it("then asks which guard denied", () => {
    expect(compareWithReceipt(denied("egress"), { denied: true, guard: "egress" })).toBe("same");
    expect(compareWithReceipt(denied("egress"), { denied: true, guard: "velocity" })).toBe(
      "other-reason",
    );
  });

  it("knows what others call the kernel’s own checks", () => {
    for (const guard of ["scope-match", "token", "CapabilityRevocation"]) {
      expect(compareWithReceipt(denied("kernel"), { denied: true, guard })).toBe("same");
    }
    expect(compareWithReceipt(denied("kernel"), { denied: true, guard: "egress" })).toBe(
      "other-reason",
    );
  });
});
