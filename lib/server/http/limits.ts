/** Bounds on what a request may cost before it is understood. Sizes in octets, times in milliseconds. */
export interface HttpLimits {
  readonly headerCount: number;
  readonly headerOctets: number;
  readonly bodyMilliseconds: number;
  readonly answerMilliseconds: number;
  /** Requests that are worked on at once. */
  readonly inFlight: number;
  /** Requests each second and the burst above them, by class. */
  readonly rates: Readonly<Record<RateClass, Rate>>;
}

export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** `refused` is drawn from by wrong tokens alone: who guesses cannot use up what the operator needs. */
export type RateClass = "read" | "evaluate" | "control" | "refused";

export const MIB = 1024 * 1024;

export const DEFAULT_LIMITS: HttpLimits = {
  headerCount: 64,
  headerOctets: 64 * 1024,
  bodyMilliseconds: 15_000,
  answerMilliseconds: 60_000,
  inFlight: 512,
  rates: {
    read: { perSecond: 1000, burst: 2000 },
    evaluate: { perSecond: 5000, burst: 10_000 },
    control: { perSecond: 50, burst: 200 },
    refused: { perSecond: 5, burst: 50 },
  },
};
