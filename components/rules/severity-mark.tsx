import { type RuleSeverity, SEVERITIES } from "@/lib/rules/model.ts";

/** Severity as bars of a scale: ink, not a colour, since red and amber mean something else here. */
export function SeverityMark({ severity }: { readonly severity: RuleSeverity }) {
  const level = SEVERITIES.indexOf(severity);
  return (
    <svg width={16} height={12} viewBox="0 0 16 12" aria-hidden="true" className="shrink-0">
      {SEVERITIES.map((name, index) => (
        <rect
          key={name}
          x={index * 3.2}
          y={9 - index * 2}
          width={2.2}
          height={3 + index * 2}
          className={index <= level ? "fill-ink" : "fill-border"}
        />
      ))}
    </svg>
  );
}
