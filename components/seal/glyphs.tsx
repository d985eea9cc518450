/** Glyphs of the seal's core, in the seal's box of 80 units. Ink comes from `color`. */

const LINE = {
  fill: "none",
  stroke: "currentColor",
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

export function CheckGlyph() {
  return <path d="M31 41 L37.5 47.5 L50 34.5" strokeWidth={4.6} {...LINE} />;
}

/** Not-equal, not a cross: it says what was found. */
export function NotEqualGlyph() {
  return (
    <path d="M31.5 36 H48.5 M31.5 45 H48.5 M44.5 29.5 L35.5 51.5" strokeWidth={4.4} {...LINE} />
  );
}

export function KeyGlyph() {
  return (
    <g strokeWidth={3} {...LINE}>
      <circle cx={36.4} cy={43.6} r={4.9} />
      <path d="M40 40 L48 32 M45 35 L48.5 38.5" />
    </g>
  );
}

export function MinusGlyph() {
  return <path d="M32.5 40 H47.5" strokeWidth={4.2} {...LINE} />;
}

export function QuestionGlyph() {
  return (
    <g strokeWidth={4} {...LINE}>
      <path d="M34 35.5 A6 6 0 1 1 41 41.2 Q40 42 40 44.5" />
      <path d="M40 50.6 V50.8" strokeWidth={5} />
    </g>
  );
}
