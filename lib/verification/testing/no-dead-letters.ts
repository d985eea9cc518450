import { purePrimitives } from "@/kernel/crypto/sha256.ts";
import { type DeadLetterColumns, DeadLetterSink } from "../dead-letter-sink.ts";

/** What a unit knows of dead letters when it holds none. */
export function noDeadLetters(): DeadLetterColumns {
  return new DeadLetterSink(purePrimitives).columns();
}
