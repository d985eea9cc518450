"use client";

import type { ReactNode } from "react";

/** The chains of what is loaded. */
export function ChainDesk(): ReactNode {
  return <h1 className="sr-only">Chains</h1>;
}
