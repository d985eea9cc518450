import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { fromHex, toHex, utf8 } from "@/kernel/encoding.ts";
import { keyStanding, trustBundle } from "@/kernel/trust/trust-bundle.ts";
import { parseTrustFile, TRUST_ROLES } from "@/kernel/trust/trust-file.ts";
import { temporaryDirectory } from "../testing/data-directory.ts";
import { primitives } from "../testing/signed.ts";
import type { KeyProblem } from "./key-source.ts";
import { type Keyring, openKeyring } from "./keyring.ts";

const START = 1000n;

let directory: ReturnType<typeof temporaryDirectory>;
let clock = START;
beforeEach(() => {
  clock = START;
  directory = temporaryDirectory();
});
afterEach(() => directory.remove());

type Mode = "separate" | "single";
const attempt = (mode: Mode = "separate", environment: Record<string, string> = {}) =>
  openKeyring({ directory: directory.path, mode, environment, now: () => clock, primitives });

function open(mode: Mode = "separate", environment: Record<string, string> = {}): Keyring {
  const opened = attempt(mode, environment);
  return opened.ok ? opened.value : expect.fail(opened.error.kind);
}

function problem(mode: Mode = "separate", environment: Record<string, string> = {}): KeyProblem {
  const opened = attempt(mode, environment);
  return opened.ok ? expect.fail("opened") : opened.error;
}

const file = (role: string): string => join(directory.path, "keys", `${role}.json`);

/** Keys of a role, retired ones included. */
function keysOf(keyring: Keyring, role: string): readonly string[] {
  return keyring
    .records()
    .filter((record) => record.role === role)
    .map(({ key }) => key);
}

function bundleOf(keyring: Keyring) {
  const parsed = parseTrustFile(keyring.trustBundle(), primitives);
  return parsed.ok ? parsed.value : expect.fail(JSON.stringify(parsed.error));
}

const standing = (keyring: Keyring, key: string, at: bigint) =>
  keyStanding(trustBundle(bundleOf(keyring)), "kernel", key, at);

describe("keys", () => {
  it("are one for each role, kept for the owner alone, and the same after a restart", () => {
    const keys = TRUST_ROLES.map((role) => open().signer(role).publicKey);
    expect(new Set(keys).size).toBe(5);
    for (const role of TRUST_ROLES) {
      expect(statSync(file(role)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(directory.path, "keys")).mode & 0o777).toBe(0o700);
    clock += 10n;
    expect(TRUST_ROLES.map((role) => open().signer(role).publicKey)).toEqual(keys);
  });

  it("are one for all roles in single mode", () => {
    const keyring = open("single");
    expect(new Set(TRUST_ROLES.map((role) => keyring.signer(role).publicKey)).size).toBe(1);
    expect(readdirSync(join(directory.path, "keys")).sort()).toEqual([
      "history.json",
      "kernel.json",
    ]);
    expect(bundleOf(keyring).keys.map(({ role }) => role)).toEqual([...TRUST_ROLES]);
  });

  it("sign what the kernel's own rule accepts", () => {
    const signer = open().signer("kernel");
    const signature = signer.sign(utf8("message"));
    const key = fromHex(signer.publicKey) ?? new Uint8Array();
    expect(verifySignature(key, utf8("message"), signature)).toBe(true);
    expect(verifySignature(key, utf8("another"), signature)).toBe(false);
  });

  it("come from the environment where they are set there, and are then in no file", () => {
    const seed = `${"5e".repeat(31)}5f`;
    const keyring = open("separate", { CHIO_KEY_KERNEL: seed });
    expect(readdirSync(join(directory.path, "keys"))).not.toContain("kernel.json");
    expect(keyring.rotate("kernel")).toEqual({
      ok: false,
      error: { kind: "set-by-environment", place: "CHIO_KEY_KERNEL" },
    });
    expect(keyring.rotate("checkpoint").ok).toBe(true);
    // What was signed elsewhere before this server knew the key is believed too.
    expect(standing(keyring, keyring.signer("kernel").publicKey, 0n)).toBe("pinned");
    clock += 100n;
    const changed = open("separate", { CHIO_KEY_KERNEL: `${"6a".repeat(31)}6b` });
    expect(keysOf(changed, "kernel").length).toBe(2);
    expect(standing(changed, keyring.signer("kernel").publicKey, clock)).toBe("pinned");
    expect(standing(changed, keyring.signer("kernel").publicKey, clock + 1n)).toBe(
      "outside-window",
    );
  });

  it.each([["0".repeat(63)], ["0".repeat(66)], ["zz".repeat(32)], ["secret"]])(
    "refuse %s as a seed without repeating it",
    (seed) => {
      const refused = problem("separate", { CHIO_KEY_CHECKPOINT: seed });
      expect(refused).toEqual({ kind: "not-a-key", place: "CHIO_KEY_CHECKPOINT" });
    },
  );

  it("refuse to start when group or others may read a file", () => {
    open();
    for (const mode of [0o640, 0o604, 0o620, 0o601]) {
      chmodSync(file("kernel"), mode);
      expect(problem()).toEqual({ kind: "readable-by-others", place: file("kernel") });
    }
    chmodSync(file("kernel"), 0o400);
    expect(attempt().ok).toBe(true);
  });

  it("refuse a file that is no key, another role's key, or a history that is none", () => {
    open();
    const kernel = readFileSync(file("kernel"), "utf8");
    for (const text of [
      "",
      "{}",
      kernel.replace("key.v1", "key.v2"),
      kernel.replace(/seed":"../, 'seed":"'),
    ]) {
      writeFileSync(file("kernel"), text);
      expect(problem()).toEqual({ kind: "not-a-key", place: file("kernel") });
    }
    writeFileSync(file("kernel"), readFileSync(file("checkpoint"), "utf8"));
    expect(problem().kind).toBe("not-a-key");
    writeFileSync(file("kernel"), kernel);
    writeFileSync(join(directory.path, "keys", "history.json"), "{}");
    expect(problem().kind).toBe("history-unreadable");
  });
});

describe("rotation", () => {
  it("keeps the retired key for what it signed, and no longer", () => {
    const keyring = open();
    const signer = keyring.signer("kernel");
    const old = signer.publicKey;
    clock = 2000n;
    const rotated = keyring.rotate("kernel");
    expect(rotated).toEqual({ ok: true, value: signer.publicKey });
    expect(signer.publicKey).not.toBe(old);
    const key = fromHex(signer.publicKey) ?? new Uint8Array();
    expect(verifySignature(key, utf8("m"), signer.sign(utf8("m")))).toBe(true);
    // Within its last second both keys are believed: receipts carry seconds.
    const at = (time: bigint) => [
      standing(keyring, old, time),
      standing(keyring, signer.publicKey, time),
    ];
    expect(at(999n)).toEqual(["outside-window", "outside-window"]);
    expect(at(1000n)).toEqual(["pinned", "outside-window"]);
    expect(at(1999n)).toEqual(["pinned", "outside-window"]);
    expect(at(2000n)).toEqual(["pinned", "pinned"]);
    expect(at(2001n)).toEqual(["outside-window", "pinned"]);
    clock = 3000n;
    const again = open();
    expect(again.signer("kernel").publicKey).toBe(signer.publicKey);
    expect(again.records()).toEqual(keyring.records());
    expect(keysOf(again, "kernel")).toEqual([old, signer.publicKey]);
    expect(keysOf(again, "checkpoint").length).toBe(1);
  });

  it("rotates every role in single mode", () => {
    const keyring = open("single");
    clock += 10n;
    expect(keyring.rotate("checkpoint").ok).toBe(true);
    expect(new Set(TRUST_ROLES.map((role) => keyring.signer(role).publicKey)).size).toBe(1);
    expect(bundleOf(keyring).keys.length).toBe(10);
  });

  it("takes no key whose window cannot be written down", () => {
    const keyring = open();
    const before = keyring.signer("kernel").publicKey;
    const history = join(directory.path, "keys", "history.json");
    const text = readFileSync(history, "utf8");
    rmSync(history);
    mkdirSync(join(history, "in the way"), { recursive: true });
    clock = 2000n;
    expect(() => keyring.rotate("kernel")).toThrow();
    expect(keyring.signer("kernel").publicKey).toBe(before);
    expect(keyring.records().filter(({ retiredAt }) => retiredAt !== null)).toEqual([]);
    rmSync(history, { recursive: true });
    writeFileSync(history, text, { mode: 0o600 });
    clock = 3000n;
    const kernel = open()
      .records()
      .filter(({ role }) => role === "kernel");
    expect(kernel).toMatchObject([
      { key: before, retiredAt: 3001n },
      { validFrom: 3000n, retiredAt: null },
    ]);
  });

  it("gives a key that comes back a second window that does not touch the first", () => {
    const [one, two] = [`${"11".repeat(31)}12`, `${"22".repeat(31)}23`];
    for (const seed of [one, two, one, two]) {
      const keyring = open("separate", { CHIO_KEY_KERNEL: seed });
      bundleOf(keyring);
    }
    expect(keysOf(open("separate", { CHIO_KEY_KERNEL: two }), "kernel").length).toBe(4);
  });
});

describe("the trust bundle", () => {
  it("is signed by its own role and lists every key with its window", () => {
    const keyring = open();
    clock += 5n;
    keyring.rotate("checkpoint");
    const bundle = bundleOf(keyring);
    expect(bundle.signer?.canonical).toBe(keyring.signer("trust_bundle").publicKey);
    expect(
      bundle.keys.map(({ role, validFrom, retiredAt }) => [role, validFrom, retiredAt]),
    ).toEqual([
      ["capability_authority", START, null],
      ["kernel", START, null],
      ["checkpoint", START, START + 6n],
      ["control_plane", START, null],
      ["trust_bundle", START, null],
      ["checkpoint", START + 5n, null],
    ]);
  });

  it("warns of a key that everyone can sign with", () => {
    const keyring = open("separate", { CHIO_KEY_KERNEL: "07".repeat(32) });
    const notes = bundleOf(keyring).keys.map(({ note }) => note);
    expect(notes.filter((note) => note !== "")).toEqual(["made from a published test seed"]);
  });
});

describe("a secret", () => {
  it("is in nothing that is printed, serialised or listed", () => {
    const keyring = open();
    const signer = keyring.signer("kernel");
    const seed = String(JSON.parse(readFileSync(file("kernel"), "utf8")).seed);
    expect(seed).toMatch(/^[0-9a-f]{64}$/);
    const shown = [keyring, signer, keyring.records(), keyring.trustBundle()].flatMap((value) => [
      JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? String(inner) : inner)),
      inspect(value, { depth: 20, showHidden: true, getters: true }),
    ]);
    const bytes = fromHex(seed) ?? new Uint8Array();
    for (const text of [
      ...shown,
      readFileSync(join(directory.path, "keys", "history.json"), "utf8"),
    ]) {
      for (const spelled of [
        seed,
        toHex(bytes).toUpperCase(),
        Buffer.from(bytes).toString("base64"),
      ]) {
        expect(text).not.toContain(spelled);
      }
    }
  });
});
