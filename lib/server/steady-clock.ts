/**
 * A clock that never goes back, in its own unit. A system's clock is set back at times: a receipt would then be
 * older than the key that signs it and not verify, and an expired token or proof would come to life again.
 */
export function steadyClock(clock: () => bigint): () => bigint {
  let latest: bigint | null = null;
  return () => {
    const now = clock();
    latest = latest === null || now > latest ? now : latest;
    return latest;
  };
}
