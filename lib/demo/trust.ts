import type { JsonObject } from "@/kernel/json/value.ts";
import type { TrustRole } from "@/kernel/trust/trust-file.ts";
import { pretty } from "@/lib/evidence/folder.ts";
import type { DemoKey } from "./keys.ts";

/** A key with the window in which it signs: Unix seconds, start inclusive, end exclusive, null for open. */
export interface KeyWindow {
  readonly key: DemoKey;
  readonly from: number | null;
  readonly until: number | null;
  /** Kernel and checkpoint signer where absent. */
  readonly roles?: readonly TrustRole[];
}

/** A trust file (decision 2) that lists each key in each of its roles. */
export function trustText(windows: readonly KeyWindow[]): string {
  const keys = windows.flatMap(
    ({ key, from, until, roles = ["kernel", "checkpoint"] }): JsonObject[] =>
      roles.map((role) => ({
        role,
        key: key.key,
        valid_from: from,
        valid_until: until,
        retired_at: null,
        note: `${key.name}, demo key`,
      })),
  );
  return pretty({ schema: "chio-explorer.trust.v1", keys });
}
