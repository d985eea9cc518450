import { type ReactNode, useId, useState } from "react";
import { fieldStyle } from "./field-style.ts";
import { LENGTH_UNITS, type LengthUnit, MOST_SECONDS, unitOf } from "./length-units.ts";

interface LengthFieldProps {
  readonly id: string;
  readonly label: string;
  readonly seconds: number;
  readonly least: number;
  readonly onChange: (seconds: number) => void;
}

/** A length of time as a number and its unit. */
export function LengthField({ id, label, seconds, least, onChange }: LengthFieldProps): ReactNode {
  const [unit, setUnit] = useState<LengthUnit>(() => unitOf(seconds));
  const unitId = useId();
  const size = LENGTH_UNITS[unit];
  const set = (count: number, of: number) => {
    if (Number.isFinite(count)) {
      onChange(Math.min(Math.max(Math.round(count * of), least), MOST_SECONDS));
    }
  };
  return (
    <span className="flex gap-1.5">
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={least === 0 ? 0 : 1}
        step="any"
        value={seconds / size}
        onChange={(event) => set(event.target.valueAsNumber, size)}
        className={fieldStyle("w-20 tabular-nums")}
      />
      <label htmlFor={unitId} className="sr-only">
        Unit of {label}
      </label>
      <select
        id={unitId}
        value={unit}
        onChange={(event) => {
          const next = unitNamed(event.target.value);
          setUnit(next);
          set(seconds / size, LENGTH_UNITS[next]);
        }}
        className={fieldStyle()}
      >
        {UNITS.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  );
}

const UNITS: readonly LengthUnit[] = ["seconds", "minutes", "hours", "days"];

function unitNamed(name: string): LengthUnit {
  return UNITS.find((unit) => unit === name) ?? "seconds";
}
