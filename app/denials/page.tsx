import type { Metadata } from "next";
import { DenialsPage } from "@/components/denials/denials-page.tsx";

export const metadata: Metadata = { title: "Denials" };

export default function Page() {
  return <DenialsPage />;
}
