import { type IntegrityState, statusWord } from "@/lib/display/status.ts";
import { Core } from "./core.tsx";
import { QuestionGlyph } from "./glyphs.tsx";

interface StatusIconProps {
  readonly status: IntegrityState;
  /** In px; the icon is meant for less than 24. */
  readonly size?: number;
  /** Set where the word does not stand beside the icon: the icon then says it. */
  readonly labelled?: boolean;
}

/** The small seal: only its core. `null` is a row that the run has not judged yet. */
export function StatusIcon({ status, size = 16, labelled = false }: StatusIconProps) {
  const mark =
    status === null || status === "unsigned" ? (
      <circle
        cx={40}
        cy={40}
        r={20}
        fill="none"
        strokeWidth={3.4}
        strokeDasharray={status === null ? "1 6.85" : undefined}
        strokeLinecap="round"
        className="stroke-strong"
      />
    ) : (
      <Core status={status} outline={3.6} />
    );
  const box = { width: size, height: size, viewBox: "16 16 48 48", className: "shrink-0" };
  return labelled ? (
    <svg {...box} role="img" aria-label={statusWord(status)}>
      {mark}
    </svg>
  ) : (
    <svg {...box} aria-hidden="true">
      {mark}
    </svg>
  );
}

/** Absent: two posts with nothing between. */
export function AbsentIcon({ size = 16 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" className="shrink-0" aria-hidden>
      <path
        d="M5.6 3 V13 M10.4 3 V13 M1 8 H5.6 M10.4 8 H15"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.9}
      />
    </svg>
  );
}

/** Can't tell: a dashed circle with a question mark. */
export function UnknownIcon({ size = 16 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="16 16 48 48" className="shrink-0" aria-hidden>
      <circle
        cx={40}
        cy={40}
        r={20.5}
        fill="none"
        stroke="currentColor"
        strokeWidth={3.4}
        strokeDasharray="5.6 3.6"
      />
      <QuestionGlyph />
    </svg>
  );
}
