"use client";

import type { VerificationReport } from "@/lib/verification/report.ts";

/** Hands the report to the browser as a file; it is made from this page's memory, nothing is fetched. */
export function saveReport(report: VerificationReport): void {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "chio-verification-report.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
