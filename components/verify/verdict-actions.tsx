"use client";

import { Check, FileDown, KeyRound, Rows3, SquareTerminal } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useFrame } from "@/components/frame/frame-context.tsx";
import { Button } from "@/components/ui/button.tsx";
import { buttonStyle } from "@/components/ui/button-style.ts";
import { cliLine } from "@/lib/display/cli-line.ts";
import { useSession } from "@/lib/queries/session.ts";
import type { Verdict } from "@/lib/verification/report.ts";
import { saveReport } from "./save-report.ts";

interface VerifyActionsProps {
  readonly verdict: Verdict;
}

/** At most two buttons: the line for a terminal, and what is most useful next. */
export function VerifyActions({ verdict }: VerifyActionsProps) {
  const frame = useFrame();
  const unpinned = verdict.report.headline === "self-consistent";
  return (
    <>
      <CopyCliLine />
      {unpinned ? (
        <Button variant="primary" onPress={() => frame.show("trust")}>
          <KeyRound aria-hidden="true" size={15} />
          Pin a key
        </Button>
      ) : (
        <Button variant="primary" onPress={() => saveReport(verdict.report)}>
          <FileDown aria-hidden="true" size={15} />
          Save report
        </Button>
      )}
    </>
  );
}

function CopyCliLine() {
  const files = useSession((state) => state.files);
  // A trust file only counts in a terminal too where it counts here.
  const isPinned = useSession((state) => state.trust.pinned.length > 0);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const evidence = files.filter((file) => !file.isTrustFile).map((file) => file.name);
  const trust = isPinned ? files.filter((file) => file.isTrustFile).map((file) => file.name) : [];
  return (
    <Button
      onPress={() => {
        navigator.clipboard?.writeText(cliLine(evidence, trust)).then(
          () => setCopied(true),
          () => setCopied(false),
        );
      }}
    >
      {copied ? (
        <Check aria-hidden="true" size={15} />
      ) : (
        <SquareTerminal aria-hidden="true" size={15} />
      )}
      {copied ? "Copied" : "Copy CLI line"}
    </Button>
  );
}

/** On Open, the verdict leads on: to its reasons, and to the rows behind it. */
export function OpenActions() {
  return (
    <>
      <Link href="/receipts" className={buttonStyle("secondary")}>
        <Rows3 aria-hidden="true" size={14} />
        Browse receipts
      </Link>
      <Link href="/verify" className={buttonStyle("primary")}>
        Read the verdict
      </Link>
    </>
  );
}
