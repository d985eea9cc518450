/** Exit codes of `chio`: API for scripts. */
export const EXIT = {
  nothingFails: 0,
  doesNotVerify: 1,
  /** Wrong usage, input that cannot be used, or nothing that could be checked. */
  unusable: 2,
  /** `chio check`: the call is denied. */
  deny: 3,
  /** `chio rules run`: a rule fired. */
  ruleFired: 4,
} as const;
