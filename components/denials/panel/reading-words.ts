import { gapWords, lengthWords, percentWords } from "@/lib/display/denial-words.ts";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import { formatTime } from "@/lib/display/time.ts";
import type { ReadingEvidence, TwoReadings } from "@/lib/queries/denial-readings-model.ts";

/** From this share of gaps near the median, retries are called regular. */
const REGULAR = 0.8;

/** The pattern that is read: second of its first denial, and how many agents asked. */
export interface ReadingSubject {
  readonly first: TwoReadings["first"];
  readonly agents: number;
}

/** One line of evidence in a sentence: what was counted, never what it means for sure. */
export function evidenceSentence(
  { reading, sign, fact }: ReadingEvidence,
  about: ReadingSubject,
): string {
  const { first } = about;
  switch (fact.kind) {
    case "policy-change":
      return `Policy changed at ${clock(fact.at)}, ${secondsWords(fact.secondsBefore)} before the first denial.`;
    case "no-policy-change":
      return `No policy changed in the ${hourWords(fact.withinSeconds)} before the first denial.`;
    case "retries":
      return retryWords(fact, reading === "attack" && sign === "against");
    case "actors":
      return sentence(
        `${actorWords(fact.agents, "agent")}, ${actorWords(fact.groups, "consumer group")}, ${newWords(fact.newCapabilities, fact.capabilities)}`,
      );
    case "other-tools":
      return toolWords(fact, reading, about.agents === 1 ? "This agent" : "These agents");
    case "asked-before":
      if (fact.before === 0) {
        return first === null
          ? "This scope was never asked for before."
          : `This scope was never asked for before ${clock(first)}.`;
      }
      return fact.allowedBefore === 0
        ? `This scope was asked for ${times(fact.before)} before, and never allowed.`
        : `This scope was allowed ${times(fact.allowedBefore)} before, of ${formatCount(fact.before)}.`;
    case "allowed-after":
      return fact.count === 0
        ? "No denied call was later allowed."
        : `${plural(fact.count, "call")} for the same ${fact.count === 1 ? "was" : "were"} allowed after a denial.`;
  }
}

type Fact<Kind extends ReadingEvidence["fact"]["kind"]> = Extract<
  ReadingEvidence["fact"],
  { readonly kind: Kind }
>;

function retryWords(fact: Fact<"retries">, speaksOfPeople: boolean): string {
  if (fact.keys === 0) return "No key was retried.";
  const keys = fact.keys === 1 ? "one key" : `${formatCount(fact.keys)} keys`;
  const gap =
    fact.precision === "second" && fact.medianMs < 1000
      ? "within the same second"
      : `every ${gapWords(fact.medianMs)}`;
  if (fact.regular >= REGULAR) {
    return speaksOfPeople
      ? `A retry loop this regular is rarely a person: ${percentWords(fact.regular, 1)} of gaps alike.`
      : `The same ${keys}, retried ${gap}.`;
  }
  return `The same ${keys}, retried unevenly: ${percentWords(fact.regular, 1)} of gaps near ${gapWords(fact.medianMs)}.`;
}

function toolWords(
  fact: Fact<"other-tools">,
  reading: ReadingEvidence["reading"],
  who: string,
): string {
  if (fact.otherTools === 0) return `${who} tried no other tool in that time.`;
  const others =
    fact.otherTools === 1 ? "the other tool" : `the other ${formatCount(fact.otherTools)} tools`;
  return reading === "misconfiguration"
    ? `Does not explain ${others} that were denied.`
    : `${who} tried ${formatCount(fact.tools)} tools in widening order.`;
}

function actorWords(count: number, noun: string): string {
  if (count === 0) return `no ${noun}`;
  return count === 1 ? `one ${noun}` : plural(count, noun);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function newWords(fresh: number, all: number): string {
  if (fresh === 0) return "no new capability";
  return `${formatCount(fresh)} of ${plural(all, "capability", "capabilities")} new`;
}

function clock(at: number): string {
  return formatTime(at).slice(0, 5);
}

/** Up to two minutes the seconds are what tells a cause from a coincidence. */
function secondsWords(seconds: number): string {
  return seconds < 120 ? `${formatCount(seconds)} s` : lengthWords(seconds);
}

function hourWords(seconds: number): string {
  return seconds === 3600 ? "hour" : lengthWords(seconds);
}

function times(count: number): string {
  return count === 1 ? "once" : `${formatCount(count)} times`;
}
