"use client";

import { Info } from "lucide-react";
import { useSession } from "@/lib/queries/session.ts";

/** The last thing that went wrong outside the data; it stays until something else is to be said. */
export function NoticeBar() {
  const notice = useSession((state) => state.notice);
  if (notice === null) return null;
  return (
    <div
      role="status"
      className="flex items-center gap-2 border-border border-b bg-unchecked-tint px-[18px] py-1.5 text-13 text-ink"
    >
      <Info aria-hidden="true" size={15} className="shrink-0" />
      <span className="min-w-0 break-words">{notice.message}</span>
    </div>
  );
}
