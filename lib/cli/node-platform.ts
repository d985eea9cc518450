import { createHash, randomInt } from "node:crypto";
import { verifySignature } from "@/kernel/crypto/ed25519.ts";
import { nodePrimitives, opensslVerify } from "@/lib/node/crypto.ts";
import type { Platform } from "@/lib/verification/platform.ts";

export interface NodePlatformOptions {
  /** Seed of the referee's sample; drawn at random when absent, so that no file can know it. */
  readonly seed?: number;
  /** Leaves OpenSSL aside: every signature by the exact rule. */
  readonly exactOnly?: boolean;
}

/** SHA-256 and Ed25519 by Node's OpenSSL, or by the kernel's own rule where `exactOnly` asks for it. */
export function nodePlatform(options: NodePlatformOptions = {}): Platform {
  const exact = options.exactOnly === true;
  const backend = exact
    ? { name: "exact", verify: verifySignature }
    : { name: "openssl", verify: opensslVerify() };
  return {
    primitives: nodePrimitives(),
    backend,
    exact,
    seed: options.seed ?? randomInt(1, 2 ** 31),
  };
}

/** The streaming hash that ingest takes for whole files. */
export function nodeSha256Stream(): { update(bytes: Uint8Array): void; digestHex(): string } {
  const hash = createHash("sha256");
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digestHex: () => hash.digest("hex"),
  };
}
