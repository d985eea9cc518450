import type { ReceiptStatus } from "@/lib/verification/report.ts";
import { CORE_HEXAGON, CORE_OCTAGON } from "./geometry.ts";
import { CheckGlyph, KeyGlyph, MinusGlyph, NotEqualGlyph } from "./glyphs.tsx";

interface CoreProps {
  readonly status: ReceiptStatus;
  /** Stroke of outlines, in units of the box; small sizes need more. */
  readonly outline: number;
}

/** The seal's core in the 80-unit box: what is left of the seal below 24 px. */
export function Core({ status, outline }: CoreProps) {
  switch (status) {
    case "verified":
      return (
        <g className="text-on-ink">
          <polygon points={CORE_HEXAGON} className="fill-verified" />
          <CheckGlyph />
        </g>
      );
    case "verified-not-checkpointed":
      return (
        <g className="text-verified">
          <polygon
            points={CORE_HEXAGON}
            fill="none"
            stroke="currentColor"
            strokeWidth={outline}
            strokeLinejoin="round"
          />
          <CheckGlyph />
        </g>
      );
    case "self-consistent":
      return (
        <g className="text-verified">
          <polygon
            points={CORE_HEXAGON}
            fill="none"
            stroke="currentColor"
            strokeWidth={outline}
            strokeLinejoin="round"
          />
          <KeyGlyph />
        </g>
      );
    case "does-not-verify":
      return (
        <g className="text-on-ink">
          <polygon points={CORE_OCTAGON} className="fill-fails" />
          <NotEqualGlyph />
        </g>
      );
    case "not-checked":
      return (
        <g className="text-unchecked">
          <circle
            cx={40}
            cy={40}
            r={20}
            fill="none"
            stroke="currentColor"
            strokeWidth={outline}
            strokeDasharray="5.6 3.4"
          />
          <MinusGlyph />
        </g>
      );
  }
}
