import { useEffect, useRef, useState } from "react";

/**
 * The value, followed at most once in `milliseconds` and not while it is `held`: a run changes its data
 * faster than answers come. The first change is followed at once.
 */
export function usePaced<T>(value: T, milliseconds: number, held: boolean): T {
  const [paced, setPaced] = useState(value);
  const changed = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (held || Object.is(value, paced)) return;
    const wait = Math.max(changed.current + milliseconds - performance.now(), 0);
    const timer = setTimeout(() => {
      changed.current = performance.now();
      setPaced(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, paced, milliseconds, held]);
  return paced;
}
