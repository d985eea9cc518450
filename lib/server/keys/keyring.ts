import { join } from "node:path";
import { isPublicTestKey } from "@/kernel/crypto/test-seeds.ts";
import { fromHex } from "@/kernel/encoding.ts";
import type { JsonObject } from "@/kernel/json/value.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import type { Signer } from "@/kernel/signer.ts";
import { signTrustFile, TRUST_ROLES, type TrustRole } from "@/kernel/trust/trust-file.ts";
import {
  historyText,
  type KeyRecord,
  parseHistory,
  succeeded,
  trustFileOf,
} from "./key-history.ts";
import {
  type Environment,
  findSeed,
  type KeyProblem,
  keyVariable,
  makeSeed,
} from "./key-source.ts";
import { readPrivateFile, writePrivateFile } from "./private-file.ts";
import { nodeSigner } from "./signer.ts";

export interface KeyringOptions {
  /** The data directory; keys are kept in `keys/` under it. */
  readonly directory: string;
  /** `separate`: a key for each role. `single`: the kernel's key signs for all of them. */
  readonly mode: "separate" | "single";
  readonly environment: Environment;
  /** Unix seconds. */
  readonly now: () => bigint;
  readonly primitives: Primitives;
}

/** The signing keys of a server by role. Secrets never leave: there is no member that holds one. */
export interface Keyring {
  /** Signs for a role with whatever key it has at the time of signing. */
  signer(role: TrustRole): Signer;
  /** Every key that signs or did, in the order in which they were taken. */
  records(): readonly KeyRecord[];
  /** A new key for a role (in `single` mode for all); the one before keeps its window for verification. */
  rotate(role: TrustRole): Result<string, KeyProblem>;
  /** The trust file of this server, signed by its `trust_bundle` key. */
  trustBundle(): JsonObject;
}

const HISTORY = "history.json";
/** The role whose key serves for all in `single` mode. */
const SINGLE: TrustRole = "kernel";

/** Opens the keys of a data directory and makes those that are absent. */
export function openKeyring(options: KeyringOptions): Result<Keyring, KeyProblem> {
  const folder = join(options.directory, "keys");
  const isSingle = options.mode === "single";
  const ownerOf = (role: TrustRole): TrustRole => (isSingle ? SINGLE : role);
  const history = readHistory(join(folder, HISTORY), options.primitives);
  if (!history.ok) {
    return history;
  }
  let records = history.value;
  const signers = new Map<TrustRole, Signer>();
  const keep = (following: readonly KeyRecord[]): void => {
    writePrivateFile(join(folder, HISTORY), historyText(following), true);
  };
  /** In force only when its window is written down: what it signs is believed by that window. */
  const take = (owner: TrustRole, seed: Uint8Array, validFrom: bigint | null): string => {
    const signer = nodeSigner(seed);
    seed.fill(0);
    const note = noteOf(signer.publicKey);
    const following = TRUST_ROLES.filter((one) => ownerOf(one) === owner).reduce(
      (before, role) => succeeded(before, role, signer.publicKey, validFrom, options.now(), note),
      records,
    );
    if (following !== records) {
      keep(following);
      records = following;
    }
    signers.set(owner, signer);
    return signer.publicKey;
  };
  for (const role of TRUST_ROLES.filter((one) => ownerOf(one) === one)) {
    const found = findSeed(folder, role, options.environment);
    if (!found.ok) {
      return found;
    }
    take(role, found.value.seed, found.value.from === "new" ? options.now() : null);
  }
  const current = (role: TrustRole): Signer => {
    const signer = signers.get(ownerOf(role));
    if (signer === undefined) {
      throw new Error(`no key for ${role}`);
    }
    return signer;
  };
  return ok({
    signer: (role) => rotatingSigner(() => current(role)),
    records: () => records,
    rotate(role) {
      const owner = ownerOf(role);
      if ((options.environment[keyVariable(owner)] ?? "") !== "") {
        return err({ kind: "set-by-environment", place: keyVariable(owner) });
      }
      return ok(take(owner, makeSeed(folder, owner, true), options.now()));
    },
    trustBundle: () => signTrustFile(trustFileOf(records), current("trust_bundle")),
  });
}

/** Reads the key anew for each signature, so that whoever holds the signer need not hear of a rotation. */
function rotatingSigner(current: () => Signer): Signer {
  return {
    get publicKey() {
      return current().publicKey;
    },
    sign: (message) => current().sign(message),
  };
}

function readHistory(
  path: string,
  primitives: Primitives,
): Result<readonly KeyRecord[], KeyProblem> {
  const text = readPrivateFile(path);
  if (!text.ok) {
    return text.error.kind === "absent" ? ok([]) : err({ kind: "history-unreadable", place: path });
  }
  const records = parseHistory(text.value, primitives);
  return records.ok ? records : err({ kind: "history-unreadable", place: path });
}

/** Everyone can sign with a published seed: whoever pins the key must be told. */
function noteOf(publicKey: string): string {
  const bytes = fromHex(publicKey);
  return bytes !== null && isPublicTestKey(bytes) ? "made from a published test seed" : "";
}
