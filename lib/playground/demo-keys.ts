import { type Signer, signerOf } from "@/kernel/signer.ts";

/** The keys of one visit: an authority for edited tokens and a kernel for demo receipts. */
export interface DemoKeys {
  readonly authority: Signer;
  readonly kernel: Signer;
}

/**
 * Makes the two keys. They live as long as the worker that made them and are stored nowhere, so nothing
 * that they sign can be mistaken for what another page, or the same page later, signs.
 *
 * @param fill puts random octets into an array: `crypto.getRandomValues`
 */
export function makeDemoKeys(fill: (target: Uint8Array<ArrayBuffer>) => void): DemoKeys {
  const make = (): Signer => {
    const seed = new Uint8Array(32);
    fill(seed);
    return signerOf(seed);
  };
  return { authority: make(), kernel: make() };
}
