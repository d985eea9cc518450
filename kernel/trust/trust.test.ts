import { describe, expect, it } from "vitest";
import { publicKeyOf } from "../crypto/ed25519.ts";
import { purePrimitives } from "../crypto/sha256.ts";
import { toHex } from "../encoding.ts";
import type { JsonObject, JsonValue } from "../json/value.ts";
import { keyStanding, type TrustBundle, trustBundle } from "./trust-bundle.ts";
import { parseTrustFile, signTrustFile, TRUST_SCHEMA } from "./trust-file.ts";

const SEED = new Uint8Array(32).fill(9);
const KEY = toHex(publicKeyOf(SEED));
const OTHER = toHex(publicKeyOf(new Uint8Array(32).fill(10)));
const IDENTITY_POINT = `01${"00".repeat(31)}`;

function entry(extra: JsonObject = {}): JsonObject {
  return {
    role: "kernel",
    key: KEY,
    valid_from: null,
    valid_until: null,
    retired_at: null,
    note: "",
    ...extra,
  };
}

function file(...keys: readonly JsonValue[]): JsonObject {
  return { schema: TRUST_SCHEMA, keys };
}

function problems(value: JsonValue): readonly string[] {
  const parsed = parseTrustFile(value, purePrimitives);
  return parsed.ok ? [] : parsed.error.map(({ kind, pointer }) => `${kind} ${pointer}`);
}

function bundle(...keys: readonly JsonValue[]): TrustBundle {
  const parsed = parseTrustFile(file(...keys), purePrimitives);
  if (!parsed.ok) {
    throw new Error("refused");
  }
  return trustBundle(parsed.value);
}

describe("trust file", () => {
  it("is read when every member is as it should be", () => {
    expect(problems(file(entry(), entry({ role: "checkpoint" })))).toEqual([]);
  });

  it("is refused with every problem at once", () => {
    expect(
      problems({
        schema: "other",
        extra: 1,
        keys: [
          entry({ valid_form: 1 }),
          entry({ role: "root", key: OTHER }),
          entry({ key: "ca-prod-01" }),
          entry({ key: IDENTITY_POINT }),
          entry({ valid_from: 5, valid_until: 5, key: OTHER }),
          entry({ retired_at: 1.5, role: "checkpoint" }),
          entry({ key: `0x${KEY.toUpperCase()}` }),
          7,
        ],
        signature: "00",
      }),
    ).toEqual([
      "unknown-member /extra",
      "schema /schema",
      "unknown-member /keys/0/valid_form",
      "role /keys/1/role",
      "unreadable-key /keys/2/key",
      "weak-key /keys/3/key",
      "empty-window /keys/4/valid_until",
      "type /keys/5/retired_at",
      "duplicate /keys/6",
      "type /keys/7",
      "half-signed /signer_key",
    ]);
  });

  it("may pin a key for two times, one after the other", () => {
    const twice = (until: number) =>
      file(entry({ retired_at: until }), entry({ valid_from: 20, valid_until: 30 }));
    expect(problems(twice(20))).toEqual([]);
    expect(problems(twice(21))).toEqual(["duplicate /keys/1"]);
    expect(problems(file(entry(), entry({ valid_from: 20 })))).toEqual(["duplicate /keys/1"]);
  });

  it("is refused when anything under its signature changed", () => {
    const signed = signTrustFile(file(entry()), SEED);
    const parsed = parseTrustFile(signed, purePrimitives);
    expect(parsed.ok && parsed.value.signer?.canonical).toBe(KEY);
    expect(problems({ ...signed, keys: [entry({ note: "mine" })] })).toEqual([
      "wrong-signature /signature",
    ]);
    expect(problems({ ...signed, signer_key: OTHER })).toEqual(["wrong-signature /signature"]);
    expect(problems({ ...signed, signature: null })).toEqual(["wrong-signature /signature"]);
  });
});

describe("key standing", () => {
  it("counts the start in and the end out", () => {
    const trust = bundle(entry({ valid_from: 10, valid_until: 20 }));
    const at = (time: bigint) => keyStanding(trust, "kernel", KEY, time);
    expect([at(9n), at(10n), at(19n), at(20n)]).toEqual([
      "outside-window",
      "pinned",
      "pinned",
      "outside-window",
    ]);
  });

  it("ends before the second of retirement", () => {
    const trust = bundle(entry({ retired_at: 15 }));
    expect(keyStanding(trust, "kernel", KEY, 14n)).toBe("pinned");
    expect(keyStanding(trust, "kernel", KEY, 15n)).toBe("outside-window");
  });

  it("keeps roles apart and knows a key in any spelling", () => {
    const trust = bundle(entry());
    expect(keyStanding(trust, "checkpoint", KEY, 0n)).toBe("other-role");
    expect(keyStanding(trust, "kernel", OTHER, 0n)).toBe("not-pinned");
    expect(keyStanding(trust, "kernel", `ed25519:pub:${KEY.toUpperCase()}`, 0n)).toBe("pinned");
  });
});
