/** One animation at a time; a later one finishes the earlier first, so that nothing is left half way. */
export interface Motion {
  /** Calls `step` with 0 < t <= 1, at last with 1; at once with 1 where motion is not wanted. */
  run(milliseconds: number, step: (t: number) => void): void;
  /** Where it was going, now. */
  finish(): void;
  /** Ends where it is. */
  stop(): void;
  /** At once where nothing moves, else when it has come to its end; a later act takes the place of an earlier. */
  after(act: () => void): void;
}

export function createMotion(): Motion {
  let frame = 0;
  let end: (() => void) | null = null;
  let waiting: (() => void) | null = null;
  const finish = (): void => {
    cancelAnimationFrame(frame);
    const last = end;
    end = null;
    last?.();
    const act = waiting;
    waiting = null;
    act?.();
  };
  return {
    finish,
    stop() {
      cancelAnimationFrame(frame);
      end = null;
      waiting = null;
    },
    after(act) {
      if (end === null) act();
      else waiting = act;
    },
    run(milliseconds, step) {
      finish();
      // In a tab that is not seen frames do not come.
      if (milliseconds <= 0 || document.hidden || prefersStillness()) {
        step(1);
        return;
      }
      const start = performance.now();
      end = () => step(1);
      const next = (now: number): void => {
        const t = Math.max(0, (now - start) / milliseconds);
        if (t >= 1) {
          finish();
          return;
        }
        step(1 - (1 - t) ** 3);
        frame = requestAnimationFrame(next);
      };
      frame = requestAnimationFrame(next);
    },
  };
}

export function prefersStillness(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** After the next frame, or soon where frames do not come. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(done, 100);
    const frame = requestAnimationFrame(done);
    function done(): void {
      clearTimeout(late);
      cancelAnimationFrame(frame);
      resolve();
    }
  });
}
