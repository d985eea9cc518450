import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { type Glyph, outlinePath } from "@/lib/graph/glyphs.ts";
import { strokeOf } from "@/lib/graph/svg-edges.ts";
import { type Ink, type Theme, TOKENS, type Tokens } from "@/lib/graph/tokens.ts";

/** What the shapes and lines mean; it can be folded away. */
export function Legend({ theme }: { readonly theme: Theme }) {
  const [isOpen, setOpen] = useState(true);
  const tokens = TOKENS[theme];
  return (
    <div className="flex min-w-0 items-center text-12 text-fact max-md:hidden">
      <Button
        variant="quiet"
        className="h-7 gap-1 px-1.5 text-12"
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
      >
        <ChevronDown aria-hidden="true" size={13} className={isOpen ? "" : "-rotate-90"} />
        Legend
      </Button>
      {isOpen && (
        <ul className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 pl-1">
          {SHAPES.map(([word, glyph, ink, dash]) => (
            <li key={word} className="flex items-center gap-1.5 whitespace-nowrap">
              <ShapeSample glyph={glyph} ink={ink} dash={dash} tokens={tokens} />
              {word}
            </li>
          ))}
          {LINES.map(([word, strength]) => (
            <li key={word} className="flex items-center gap-1.5 whitespace-nowrap">
              <LineSample strength={strength} tokens={tokens} />
              {word}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const SHAPES: readonly (readonly [string, Glyph, Ink, string | null])[] = [
  ["produce", "produce", "produce", null],
  ["consume", "consume", "consume", null],
  ["tool call", "tool", "tool", null],
  ["denied", "tool", "denied", null],
  ["does not verify", "tool", "fails", "4 2"],
  ["not loaded", "missing", "missing", "0.1 3"],
];

const LINES = [
  ["verified link", "verified"],
  ["observed", "observed"],
  ["asserted", "asserted"],
] as const;

function ShapeSample({
  glyph,
  ink,
  dash,
  tokens,
}: {
  readonly glyph: Glyph;
  readonly ink: Ink;
  readonly dash: string | null;
  readonly tokens: Tokens;
}) {
  return (
    <svg aria-hidden="true" width={24} height={16} viewBox="-12 -8 24 16" className="shrink-0">
      <path
        d={outlinePath(glyph, glyph === "missing" ? 13 : 20, 13)}
        fill={tokens.fill[ink]}
        stroke={tokens.ink[ink]}
        strokeWidth={1.4}
        strokeLinejoin="round"
        {...(glyph === "missing" ? { strokeLinecap: "round" } : {})}
        {...(dash === null ? {} : { strokeDasharray: dash })}
      />
    </svg>
  );
}

function LineSample({
  strength,
  tokens,
}: {
  readonly strength: (typeof LINES)[number][1];
  readonly tokens: Tokens;
}) {
  const stroke = strokeOf(
    { strength, isAfterDenial: false, isEmphasised: false, isAside: false, closesCycle: false },
    tokens,
  );
  return (
    <svg aria-hidden="true" width={24} height={8} viewBox="0 0 24 8" className="shrink-0">
      <path
        d="M1 4h22"
        fill="none"
        stroke={stroke.color}
        strokeWidth={stroke.width}
        {...(stroke.dash === null ? {} : { strokeDasharray: stroke.dash })}
      />
    </svg>
  );
}
