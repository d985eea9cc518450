import { queryOptions } from "@tanstack/react-query";
import { currentSession } from "@/lib/session/current.ts";

/** Everything about one dead letter, read from its file now; `record` is its number in `dead_letters`. */
export function deadLetterDetail(revision: number, record: number) {
  return queryOptions({
    queryKey: ["denials", "dead-letter", revision, record],
    queryFn: () => currentSession().deadLetter(record),
  });
}
