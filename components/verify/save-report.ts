"use client";

import { saveFile } from "@/components/ui/save-file.ts";
import type { VerificationReport } from "@/lib/verification/report.ts";

/** Hands the report to the browser as a file; it is made from this page's memory, nothing is fetched. */
export function saveReport(report: VerificationReport): void {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  saveFile(new Blob([text], { type: "application/json" }), "chio-verification-report.json");
}
