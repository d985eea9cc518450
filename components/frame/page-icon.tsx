import {
  Ban,
  BellRing,
  DatabaseZap,
  FlaskConical,
  FolderOpen,
  Hexagon,
  Radio,
  Rows3,
  Waypoints,
} from "lucide-react";
import type { PageHref } from "./pages.ts";

export function PageIcon({ href }: { readonly href: PageHref }) {
  switch (href) {
    case "/":
      return <FolderOpen aria-hidden="true" size={18} strokeWidth={1.75} />;
    case "/verify":
      return <Hexagon aria-hidden="true" size={18} strokeWidth={1.75} />;
    case "/receipts":
      return <Rows3 aria-hidden="true" size={18} strokeWidth={1.75} />;
    case "/graph":
      return <Waypoints aria-hidden="true" size={18} strokeWidth={1.75} />;
    case "/denials":
      return <Ban aria-hidden="true" size={18} strokeWidth={1.75} />;
    case "/rules":
      return <BellRing aria-hidden="true" size={18} strokeWidth={1.75} />;
    case "/live":
      return <Radio aria-hidden="true" size={18} strokeWidth={1.75} />;
    case "/sql":
      return <DatabaseZap aria-hidden="true" size={18} strokeWidth={1.75} />;
    case "/playground":
      return <FlaskConical aria-hidden="true" size={18} strokeWidth={1.75} />;
  }
}
