export const WORKER_POLICY: string;
export function documentPolicy(hashes: readonly string[]): string;
