"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { currentSession } from "@/lib/session/current.ts";

/**
 * Gives the pages their data. Queries never wait for a network, never repeat and never grow stale:
 * what they ask lies in this page, and a change of the data changes their keys.
 */
export function DataProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { networkMode: "always", retry: false, staleTime: Infinity, gcTime: 60_000 },
          mutations: { networkMode: "always", retry: false },
        },
      }),
  );
  useEffect(() => {
    currentSession().start();
  }, []);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
