import { writeFile } from "node:fs/promises";

/** Signer of the two evidence logs among the vectors. */
export const LOG_KEY = "884b8857f4eaa1613c61504db34d4beaf346517a0e31de3cddd4d9b4201d9d0b";

/** A trust file that pins the keys for every role, without windows. */
export function trustFile(keys: readonly string[]): string {
  const entries = keys.flatMap((key) =>
    ["kernel", "checkpoint", "capability_authority"].map((role) => ({
      role,
      key,
      valid_from: null,
      valid_until: null,
      retired_at: null,
      note: "",
    })),
  );
  return JSON.stringify({ schema: "chio-explorer.trust.v1", keys: entries });
}

export async function writeTrustFile(path: string, keys: readonly string[]): Promise<string> {
  await writeFile(path, trustFile(keys));
  return path;
}
