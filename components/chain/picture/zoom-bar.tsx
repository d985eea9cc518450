import { Maximize, Minus, Plus } from "lucide-react";
import { Button } from "@/components/ui/button.tsx";
import type { LookStore } from "./look-store.ts";
import { useLook } from "./use-look.ts";
import { ZOOM } from "./viewport.ts";

interface ZoomBarProps {
  readonly look: LookStore;
  readonly onZoom: (zoom: number) => void;
  readonly onFit: () => void;
}

/** Real buttons: the only stops for Tab in the picture. */
export function ZoomBar({ look, onZoom, onFit }: ZoomBarProps) {
  const percent = useLook(look, ({ zoom }) => Math.max(1, Math.round(zoom * 100)));
  const step = (by: number) => () => onZoom(look.now().zoom * by);
  return (
    <fieldset aria-label="Zoom" className="flex shrink-0 items-center">
      <Button variant="icon" aria-label="Zoom out" onPress={step(1 / ZOOM.step)}>
        <Minus aria-hidden="true" size={14} />
      </Button>
      <Button
        variant="icon"
        className="w-12 text-12 tabular-nums"
        aria-label={`Zoom ${percent} %: set to 100 %`}
        onPress={() => onZoom(1)}
      >
        {`${percent} %`}
      </Button>
      <Button variant="icon" aria-label="Zoom in" onPress={step(ZOOM.step)}>
        <Plus aria-hidden="true" size={14} />
      </Button>
      <Button variant="icon" aria-label="Show the whole picture" onPress={onFit}>
        <Maximize aria-hidden="true" size={14} />
      </Button>
    </fieldset>
  );
}
