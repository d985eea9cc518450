import type { Unit } from "@/lib/ingest/record.ts";
import type { FromVerifier, MemberMessage, ReadyMessage, UnitDoneMessage } from "./protocol.ts";
import type { Verifier } from "./spawn.ts";

export interface PoolOptions {
  /** Verifiers that work at a time; one more waits in case one of them dies. */
  readonly size: number;
  readonly spawn: () => Verifier;
  /** Joins a new verifier to the engine. */
  readonly connect: (verifier: Verifier) => void;
  readonly events: PoolEvents;
  /** Milliseconds after which a verifier that does not answer counts as dead. */
  readonly patience?: (unit: Unit) => number;
}

export interface PoolEvents {
  ready(message: ReadyMessage): void;
  done(unit: Unit, message: UnitDoneMessage): void;
  /** Two verifiers did not survive the unit. */
  lost(unit: Unit, reason: string): void;
  replaced(reason: string): void;
  requests(count: number): void;
  /** The queue was closed, and every unit of it is done or lost. */
  drained(): void;
}

interface Seat {
  readonly verifier: Verifier;
  readonly name: string;
  readonly members: Set<number>;
  ready: boolean;
  unit: Unit | null;
  timer: ReturnType<typeof setTimeout> | null;
}

/**
 * Gives units to verifiers, one at a time to each that is free, so that no more is read than is being
 * worked on. A verifier that dies is replaced; its unit is given to another once.
 */
export class VerifyPool {
  readonly #options: PoolOptions;
  readonly #seats: Seat[] = [];
  readonly #members = new Map<number, MemberMessage>();
  readonly #queue: Unit[] = [];
  readonly #suspects = new Set<Unit>();
  #spawned = 0;
  #closed = true;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Starts the verifiers, the spare one included. */
  start(): void {
    while (this.#seats.length <= this.#options.size) {
      this.#hire();
    }
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /** Whether a unit waits or is under way. */
  get busy(): boolean {
    return this.#queue.length > 0 || this.#seats.some((seat) => seat.unit !== null);
  }

  addMember(member: MemberMessage): void {
    this.#members.set(member.id, member);
  }

  addUnits(units: readonly Unit[]): void {
    this.#closed = false;
    for (const unit of units) {
      this.#queue.push(unit);
    }
    this.#deal();
  }

  /** No more units come: `drained` follows when the last one is done. */
  close(): void {
    this.#closed = true;
    this.#announceWhenDrained();
  }

  /** Forgets what waits; units under way end early and are kept as far as they came. */
  stop(): void {
    this.#queue.length = 0;
    for (const seat of this.#seats) {
      if (seat.unit !== null) {
        seat.verifier.post({ kind: "stop" });
      }
    }
    this.close();
  }

  /** Lets go of every member; the files may then be freed. */
  forget(): void {
    this.#queue.length = 0;
    this.#members.clear();
    for (const seat of this.#seats) {
      seat.members.clear();
      seat.verifier.post({ kind: "forget" });
    }
  }

  end(): void {
    for (const seat of this.#seats) {
      this.#clearTimer(seat);
      seat.verifier.end();
    }
    this.#seats.length = 0;
  }

  #hire(): void {
    this.#spawned += 1;
    const name = `verifier ${this.#spawned}`;
    const verifier = this.#options.spawn();
    const seat: Seat = {
      verifier,
      name,
      members: new Set(),
      ready: false,
      unit: null,
      timer: null,
    };
    this.#seats.push(seat);
    verifier.listen(
      (message) => this.#receive(seat, message),
      (reason) => this.#bury(seat, reason),
    );
    this.#options.connect(verifier);
    verifier.post({ kind: "start", name });
  }

  #receive(seat: Seat, message: FromVerifier): void {
    if (!this.#seats.includes(seat)) {
      return;
    }
    const { events } = this.#options;
    switch (message.kind) {
      case "ready":
        seat.ready = true;
        events.ready(message);
        this.#deal();
        return;
      case "requests":
        events.requests(message.count);
        return;
      case "done": {
        const { unit } = seat;
        this.#clearTimer(seat);
        seat.unit = null;
        if (unit !== null) {
          events.done(unit, message);
        }
        this.#deal();
        this.#announceWhenDrained();
        return;
      }
      case "unit-failed": {
        // The verifier lives, so another try elsewhere would end the same way.
        const { unit } = seat;
        this.#clearTimer(seat);
        seat.unit = null;
        if (unit !== null) {
          events.lost(unit, message.message);
        }
        this.#deal();
        this.#announceWhenDrained();
        return;
      }
      case "failed":
        this.#bury(seat, message.message);
        return;
    }
  }

  #bury(seat: Seat, reason: string): void {
    const place = this.#seats.indexOf(seat);
    if (place < 0) {
      return;
    }
    this.#seats.splice(place, 1);
    this.#clearTimer(seat);
    seat.verifier.end();
    const { events } = this.#options;
    if (!seat.ready) {
      // It died before its first unit: another would too, and a page that spawns forever helps nobody.
      if (this.#seats.length === 0) {
        this.#loseEverything(reason);
      }
      return;
    }
    events.replaced(`${seat.name}: ${reason}`);
    const { unit } = seat;
    if (unit !== null && this.#suspects.has(unit)) {
      events.lost(unit, reason);
    } else if (unit !== null) {
      this.#suspects.add(unit);
      this.#queue.unshift(unit);
    }
    this.#hire();
    this.#deal();
    this.#announceWhenDrained();
  }

  #loseEverything(reason: string): void {
    const units = this.#queue.splice(0);
    for (const unit of units) {
      this.#options.events.lost(unit, reason);
    }
    if (units.length > 0) {
      this.#announceWhenDrained();
    }
  }

  #deal(): void {
    if (this.#seats.length === 0) {
      this.#loseEverything("no verifier could be started");
      return;
    }
    let working = this.#seats.filter((seat) => seat.unit !== null).length;
    for (const seat of this.#seats) {
      if (working >= this.#options.size) {
        return;
      }
      if (!seat.ready || seat.unit !== null) {
        continue;
      }
      const unit = this.#queue.shift();
      if (unit === undefined) {
        return;
      }
      this.#give(seat, unit);
      working += 1;
    }
  }

  #give(seat: Seat, unit: Unit): void {
    const member = this.#members.get(unit.member);
    if (member !== undefined && !seat.members.has(member.id)) {
      seat.members.add(member.id);
      seat.verifier.post(member);
    }
    seat.unit = unit;
    const patience = this.#options.patience ?? defaultPatience;
    seat.timer = setTimeout(() => this.#bury(seat, "it did not answer"), patience(unit));
    seat.verifier.post({ kind: "unit", unit });
  }

  #clearTimer(seat: Seat): void {
    if (seat.timer !== null) {
      clearTimeout(seat.timer);
      seat.timer = null;
    }
  }

  #announceWhenDrained(): void {
    if (this.#closed && !this.busy) {
      this.#options.events.drained();
    }
  }
}

/** A minute, and time for 20 kB a second: slower than the exact rule on an old machine. */
function defaultPatience(unit: Unit): number {
  return 60_000 + (unit.end - unit.start) / 20;
}
