import { useMemo } from "react";
import { useSession } from "@/lib/queries/session.ts";
import { datasetDigest, LinkTokens } from "@/lib/session/link-tokens.ts";

/** What turns values of the loaded data into tokens; null until every file is read. */
export function useLinkTokens(): LinkTokens | null {
  const inputs = useSession(({ verdict }) => verdict?.report.inputs ?? null);
  return useMemo(
    () =>
      inputs === null ? null : new LinkTokens(datasetDigest(inputs.map(({ sha256 }) => sha256))),
    [inputs],
  );
}
