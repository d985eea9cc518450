import { ArrowRight, Ban, Contrast, Minus, Square } from "lucide-react";
import { Pill, type PillTone } from "@/components/ui/pill.tsx";
import {
  DECISION_WORDS,
  type Decision,
  type IntegrityState,
  statusWord,
} from "@/lib/display/status.ts";
import { StatusIcon } from "./status-icon.tsx";

/** Icon of a kernel's decision. It shares neither hue nor shape with the integrity axis. */
export function DecisionIcon({
  decision,
  size = 14,
}: {
  readonly decision: Decision;
  readonly size?: number;
}) {
  const common = { "aria-hidden": true, size, strokeWidth: 2.2 } as const;
  switch (decision) {
    case "allow":
      return <ArrowRight {...common} className="shrink-0 text-allowed" />;
    case "deny":
      return <Ban {...common} className="shrink-0 text-denied" />;
    case "cancelled":
      return <Square {...common} className="shrink-0 text-unchecked" />;
    case "incomplete":
      return <Contrast {...common} className="shrink-0 text-unchecked" />;
    case "none":
      return <Minus {...common} className="shrink-0 text-unchecked" />;
  }
}

/** Icon and word for dense tables: an allowed row stays grey, so that a denied one stands out. */
export function DecisionMark({ decision }: { readonly decision: Decision }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <DecisionIcon decision={decision} />
      <span className={decision === "deny" ? "font-medium text-denied" : "text-muted"}>
        {DECISION_WORDS[decision]}
      </span>
    </span>
  );
}

const DECISION_TONES: Readonly<Record<Decision, PillTone>> = {
  allow: "allowed",
  deny: "denied",
  cancelled: "neutral",
  incomplete: "neutral",
  none: "neutral",
};

export function DecisionPill({ decision }: { readonly decision: Decision }) {
  return (
    <Pill tone={DECISION_TONES[decision]} icon={<DecisionIcon decision={decision} size={12} />}>
      {DECISION_WORDS[decision]}
    </Pill>
  );
}

export function StatusPill({ status }: { readonly status: IntegrityState }) {
  return (
    <Pill tone={statusTone(status)} icon={<StatusIcon status={status} size={14} />}>
      {statusWord(status)}
    </Pill>
  );
}

function statusTone(status: IntegrityState): PillTone {
  switch (status) {
    case "verified":
      return "verified";
    case "verified-not-checkpointed":
    case "self-consistent":
      return "hollow";
    case "does-not-verify":
      return "fails";
    case "not-checked":
    case "unsigned":
    case null:
      return "neutral";
  }
}
