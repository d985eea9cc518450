import type { Metadata } from "next";
import { SqlPage } from "@/components/sql/sql-page.tsx";

export const metadata: Metadata = { title: "SQL" };

export default function Page() {
  return <SqlPage />;
}
