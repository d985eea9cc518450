"use client";

import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { usePreference, writePreference } from "@/components/frame/preferences.ts";
import { Button } from "@/components/ui/button.tsx";

/** One narrow line for a first visit; gone for good once it is closed. */
export function FirstRunHint() {
  const seen = usePreference("chio-hint") === "closed";
  const [shown, setShown] = useState(false);
  useEffect(() => setShown(true), []);
  if (seen || !shown) return null;
  return (
    <aside
      aria-label="First visit"
      className="flex items-center gap-2 rounded-card border border-border bg-surface py-1 pr-1 pl-3.5 text-13 text-fact"
    >
      <p className="min-w-0 flex-1">
        First visit? A receipt is a signed record of one decision. This page checks the signatures,
        and says what it can’t tell. The samples below show each outcome.
      </p>
      <Button
        variant="icon"
        aria-label="Close this hint"
        onPress={() => writePreference("chio-hint", "closed")}
      >
        <X aria-hidden="true" size={16} />
      </Button>
    </aside>
  );
}
