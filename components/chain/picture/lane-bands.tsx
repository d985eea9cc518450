import { useRef } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { plural } from "@/lib/display/numbers.ts";
import { clip } from "@/lib/graph/item-words.ts";
import type { Lane } from "@/lib/graph/model.ts";
import type { LookStore } from "./look-store.ts";
import { useLook, usePlacing } from "./use-look.ts";
import { lanesSeen, seen, type Viewport } from "./viewport.ts";

interface LanesProps {
  readonly lanes: readonly Lane[];
  readonly look: LookStore;
}

/** Which lanes are in the frame, as a text: it changes far less often than the look. */
function useLanesSeen({ lanes, look }: LanesProps): readonly [Lane, number][] {
  const range = useLook(look, (viewport) => {
    const { first, end } = lanesSeen(lanes, seen(viewport));
    return `${first} ${end}`;
  });
  const [first = 0, end = 0] = range.split(" ").map(Number);
  return lanes.slice(first, end).map((lane, at) => [lane, first + at]);
}

/** Where a lane's band is in the frame. */
function bandOf(lane: Lane, viewport: Viewport): { readonly top: number; readonly height: number } {
  return {
    top: lane.top * viewport.zoom + viewport.panY,
    height: lane.height * viewport.zoom,
  };
}

/** The lanes' grounds, under the canvas. */
export function LaneBands(props: LanesProps) {
  const shown = useLanesSeen(props);
  const bands = useRef<(HTMLDivElement | null)[]>([]);
  usePlacing(props.look, (viewport) => {
    for (const [at, [lane]] of shown.entries()) {
      const band = bands.current[at];
      if (band === undefined || band === null) continue;
      const { top, height } = bandOf(lane, viewport);
      band.style.transform = `translateY(${top.toFixed(2)}px)`;
      band.style.height = `${height.toFixed(2)}px`;
    }
  });
  return shown.map(([, index], at) => (
    <div
      key={index}
      ref={(element) => {
        bands.current[at] = element;
      }}
      className={`absolute inset-x-0 top-0 border-border border-b will-change-transform ${
        index % 2 === 0 ? "bg-surface" : "bg-bg"
      }`}
    />
  ));
}

/** The lanes' names, which stay at the left and in view as long as their lane is. */
export function LaneHeads(props: LanesProps) {
  const shown = useLanesSeen(props);
  const heads = useRef<(HTMLDivElement | null)[]>([]);
  usePlacing(props.look, (viewport) => {
    for (const [at, [lane]] of shown.entries()) {
      const head = heads.current[at];
      if (head === undefined || head === null) continue;
      const { top, height } = bandOf(lane, viewport);
      const room = Math.min(viewport.height, top + height) - Math.max(0, top);
      head.style.transform = `translateY(${Math.max(0, top).toFixed(2)}px)`;
      head.style.height = `${Math.max(0, room).toFixed(2)}px`;
    }
  });
  return shown.map(([lane, index], at) => (
    <div
      key={index}
      ref={(element) => {
        heads.current[at] = element;
      }}
      className="absolute inset-x-0 top-0 overflow-hidden px-3 pt-2.5 will-change-transform max-sm:px-2"
    >
      <LaneHead lane={lane} />
    </div>
  ));
}

function LaneHead({ lane }: { readonly lane: Lane }) {
  const name = lane.name === "" ? "not named" : visibleText(clip(lane.name, 60));
  return (
    <>
      <p className="truncate font-semibold text-13 text-ink" title={name}>
        {name}
      </p>
      <p className="truncate text-12 text-muted">{plural(lane.receipts, "receipt")}</p>
      {lane.denied > 0 && (
        <p className="truncate font-medium text-12 text-denied">{`${lane.denied.toLocaleString("en-US")} denied`}</p>
      )}
      {lane.failing > 0 && (
        <p className="truncate font-medium text-12 text-fails">
          {lane.failing === 1
            ? "1 does not verify"
            : `${lane.failing.toLocaleString("en-US")} do not verify`}
        </p>
      )}
    </>
  );
}
