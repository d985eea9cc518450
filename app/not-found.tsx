import type { Metadata } from "next";
import Link from "next/link";
import { EmptySeal } from "@/components/seal/seal.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";

export const metadata: Metadata = { title: "No such page" };

export default function NotFound() {
  return (
    <div className="flex min-h-full flex-col items-center justify-center gap-3 p-6 text-center">
      <EmptySeal />
      <h1 className="font-semibold text-20">There is no page at this address</h1>
      <p className="text-14 text-fact">What is loaded stays loaded.</p>
      <Link href="/" className={buttonStyle("primary", true)}>
        Go to Open
      </Link>
    </div>
  );
}
