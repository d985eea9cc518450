import type { TrustKey } from "@/lib/session/model.ts";
import { issuersInForce } from "../pinned-issuers.ts";

/** Capability authorities by the time at which they are asked for. */
export class TrustedAuthorities {
  readonly #pinned: readonly TrustKey[];
  readonly #own: string;
  readonly #sets = new Map<string, ReadonlySet<string>>();

  /** @param own the throw-away authority of this page, trusted for what it signed */
  constructor(pinned: readonly TrustKey[], own: string) {
    this.#pinned = pinned.filter(({ role }) => role === "capability_authority");
    this.#own = own;
  }

  /**
   * The authorities that a token is judged by. Where none is pinned at all, a token with its own signature is
   * held to its own issuer, as everywhere on this page.
   *
   * @param at Unix seconds
   * @param issuer of a token with its own signature; null for one that this page signed
   */
  at(at: bigint, issuer: string | null): ReadonlySet<string> {
    const keys = issuersInForce(this.#pinned, String(at)) ?? (issuer === null ? [] : [issuer]);
    const trusted = issuer === null ? [...keys, this.#own] : keys;
    const name = trusted.join();
    const known = this.#sets.get(name) ?? new Set(trusted);
    this.#sets.set(name, known);
    return known;
  }
}
