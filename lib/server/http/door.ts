/** Counts the requests that are worked on: a server that takes more than it can hold serves nobody. */
export interface Door {
  /** False where the house is full. Who enters must leave. */
  enter(): boolean;
  leave(): void;
}

export function door(places: number): Door {
  let taken = 0;
  return {
    enter() {
      if (taken >= places) {
        return false;
      }
      taken += 1;
      return true;
    },
    leave() {
      taken -= 1;
    },
  };
}
