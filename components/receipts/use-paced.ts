import { useEffect, useRef, useState } from "react";

/** The value, followed at most once in `milliseconds`: a run changes its data faster than answers come. */
export function usePaced<T>(value: T, milliseconds: number): T {
  const [paced, setPaced] = useState(value);
  const changed = useRef(0);
  useEffect(() => {
    const wait = Math.max(changed.current + milliseconds - performance.now(), 0);
    const timer = setTimeout(() => {
      changed.current = performance.now();
      setPaced(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return paced;
}
