import type { Metadata } from "next";
import { ChainPage } from "@/components/chain/chain-page.tsx";

export const metadata: Metadata = { title: "Chains" };

export default function Page() {
  return <ChainPage />;
}
