/** Where a file of values begins in its topic, as sinks write it into the file's name. */
export interface PathCoordinates {
  readonly topic: string;
  readonly partition: number;
  /** Of the file's first record, in digits. */
  readonly offset: string;
}

const LAST_OFFSET = 9_223_372_036_854_775_807n;
const LONGEST_NAME = 512;
/** `orders+3+0000000100.json`, as Confluent's S3 sink has it. */
const PLUS = /^([^+]+)\+(\d{1,10})\+(\d{1,20})\.\w+/;
/** `orders-3-100`, as Aiven's sinks have it: read from its end, for a topic may hold hyphens and digits. */
const HYPHENS = /^(\d{1,10})-(\d{1,20})$/;
/** The end of a date, which names files far more often than a sink does. */
const DATE = /^(?:(?:19|20)\d\d-(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01]))$/;

/**
 * Topic, partition and first offset out of a file's path, or null for a path that names none. What a name
 * says nobody signed: it fills what the rows leave out, and nothing else.
 */
export function coordinatesOfPath(path: string): PathCoordinates | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name.length > LONGEST_NAME) return null;
  const plus = PLUS.exec(name);
  if (plus !== null) return coordinates(plus[1], plus[2], plus[3]);
  const dot = name.indexOf(".", name.lastIndexOf("-") + 1);
  const stem = dot < 0 ? name : name.slice(0, dot);
  const last = stem.lastIndexOf("-");
  const before = stem.lastIndexOf("-", last - 1);
  const tail = before > 0 ? HYPHENS.exec(stem.slice(before + 1)) : null;
  if (tail === null || DATE.test(tail[0])) return null;
  return coordinates(stem.slice(0, before), tail[1], tail[2]);
}

/** The offset of the record with this number in the file, from 0; null beyond what Kafka counts. */
export function offsetAt({ offset }: PathCoordinates, index: number): string | null {
  const at = BigInt(offset) + BigInt(index);
  return at > LAST_OFFSET ? null : String(at);
}

function coordinates(topic = "", partition = "", offset = ""): PathCoordinates | null {
  const number = Number(partition);
  const first = BigInt(offset === "" ? 0 : offset);
  return topic === "" || number >= 2 ** 31 || first > LAST_OFFSET
    ? null
    : { topic, partition: number, offset: String(first) };
}
