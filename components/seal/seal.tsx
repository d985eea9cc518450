import { describeSeal, EDGE_NAMES, statusWord } from "@/lib/display/status.ts";
import type { EdgeState, ReceiptStatus, SealEdges } from "@/lib/verification/report.ts";
import { Core } from "./core.tsx";
import {
  brokenEdge,
  CORE_HEXAGON,
  edgeSegment,
  RING_STROKE,
  SEAL_BOX,
  type Segment,
} from "./geometry.ts";

interface SealProps {
  readonly status: ReceiptStatus;
  readonly edges: SealEdges;
  /** In px; at least 24. */
  readonly size?: number;
}

/** The seal of a dataset or a receipt: each edge of the ring is one check, the core is the state. */
export function Seal({ status, edges, size = 72 }: SealProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${SEAL_BOX} ${SEAL_BOX}`}
      role="img"
      aria-label={describeSeal(statusWord(status), edges)}
      className="shrink-0"
    >
      {EDGE_NAMES.map((name, index) => (
        <Edge key={name} index={index} state={edges[name]} />
      ))}
      <Core status={status} outline={2} />
    </svg>
  );
}

interface CheckingSealProps {
  /** How many edges are done, and the whole percent in the core. */
  readonly done: number;
  readonly percent: number;
  readonly size?: number;
}

/** The seal while a run goes on: edges fill in their order. */
export function CheckingSeal({ done, percent, size = 72 }: CheckingSealProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${SEAL_BOX} ${SEAL_BOX}`}
      aria-hidden
      className="shrink-0"
    >
      {EDGE_NAMES.map((name, index) => (
        <Stroke
          key={name}
          segment={edgeSegment(index)}
          tone={index < done ? "stroke-verified" : "stroke-border"}
        />
      ))}
      <polygon points={CORE_HEXAGON} fill="none" strokeWidth={1.6} className="stroke-border" />
      <text
        x={40}
        y={40}
        textAnchor="middle"
        dominantBaseline="central"
        fontSize={13}
        fontWeight={600}
        className="fill-ink"
      >
        {percent}%
      </text>
    </svg>
  );
}

/** The seal of an empty page: six edges that wait. */
export function EmptySeal({ size = 72 }: { readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${SEAL_BOX} ${SEAL_BOX}`}
      aria-hidden
      className="shrink-0"
    >
      {EDGE_NAMES.map((name, index) => (
        <Stroke key={name} segment={edgeSegment(index)} tone="stroke-border" />
      ))}
    </svg>
  );
}

function Edge({ index, state }: { readonly index: number; readonly state: EdgeState }) {
  switch (state) {
    case "holds":
      return <Stroke segment={edgeSegment(index)} tone="stroke-verified" />;
    case "fails":
      return (
        <>
          {brokenEdge(index).map((segment) => (
            <Stroke
              key={`${segment.from.x} ${segment.from.y}`}
              segment={segment}
              tone="stroke-fails"
            />
          ))}
        </>
      );
    case "unknown":
      return <Stroke segment={edgeSegment(index)} tone="stroke-unchecked" dotted />;
    case "open":
      return <Stroke segment={edgeSegment(index)} tone="stroke-verified" dotted />;
  }
}

interface StrokeProps {
  readonly segment: Segment;
  readonly tone: string;
  readonly dotted?: boolean;
}

function Stroke({ segment, tone, dotted = false }: StrokeProps) {
  return (
    <line
      x1={segment.from.x}
      y1={segment.from.y}
      x2={segment.to.x}
      y2={segment.to.y}
      strokeWidth={dotted ? 3.4 : RING_STROKE}
      strokeDasharray={dotted ? "3 2.9" : undefined}
      className={`seal-edge ${tone}`}
    />
  );
}
