import { hash as nativeHash } from "node:crypto";
import { merkleTree } from "@/kernel/merkle/tree.ts";
import { webPlatform } from "@/lib/workers/platform-web.ts";
import { compare, type Pair } from "./canonical-json.ts";

const LEAF_BYTES = 64;

/**
 * Hashes per second: a tree of leaves built as in the page's workers, leaves hashed first, against as many
 * native hashes of 65 octets, one call each.
 */
export async function compareMerkle(leaves: number, runs: number): Promise<Pair> {
  const { sha256 } = (await webPlatform({ seed: 1 })).primitives;
  const hashes = 2 * leaves - 1;
  return compare(
    hashes,
    runs,
    () => {
      const message = new Uint8Array(LEAF_BYTES + 1);
      const flat = new Uint8Array(leaves * 32);
      for (let leaf = 0; leaf < leaves; leaf += 1) {
        new DataView(message.buffer).setUint32(1, leaf);
        flat.set(sha256(message), leaf * 32);
      }
      return merkleTree(flat, sha256).root.length;
    },
    () => {
      const message = new Uint8Array(LEAF_BYTES + 1);
      let length = 0;
      for (let hash = 0; hash < hashes; hash += 1) {
        new DataView(message.buffer).setUint32(1, hash);
        length = nativeHash("sha256", message, "buffer").length;
      }
      return length;
    },
  );
}
