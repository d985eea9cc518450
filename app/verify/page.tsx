import type { Metadata } from "next";
import { VerifyPage } from "@/components/verify/verify-page.tsx";

export const metadata: Metadata = { title: "Verify" };

export default function Page() {
  return <VerifyPage />;
}
