import { Fragment } from "react";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { formatCount } from "@/lib/display/numbers.ts";
import type { Finding, Place } from "@/lib/verification/report.ts";

interface FindingPlaceProps {
  readonly place: Place;
  readonly finding: Finding;
  /** What leads there, at the right. */
  readonly action?: React.ReactNode;
}

/** Where it stands: file, line, byte, pointer. All of it is text from files, and nothing more. */
export function FindingPlace({ place, finding, action }: FindingPlaceProps) {
  const parts = [
    ...(place.file === "" ? [] : place.file.split("/")),
    ...(place.line === null ? [] : [`line ${formatCount(place.line)}`]),
    ...(place.byte_offset === null ? [] : [`byte ${formatCount(place.byte_offset)}`]),
  ];
  return (
    <Row label="Place" action={action}>
      <span className="font-mono text-12 text-fact [overflow-wrap:anywhere]">
        {visibleText(parts.join(" › "))}
        {place.pointer === "" ? null : (
          <>
            {parts.length > 0 ? " › " : ""}
            <strong className="font-semibold text-ink">
              <Pointer text={place.pointer} />
            </strong>
          </>
        )}
        {parts.length === 0 && place.pointer === "" ? finding.subject.kind : null}
      </span>
    </Row>
  );
}

/** A JSON pointer, which a line may end only before a slash where it has to end. */
function Pointer({ text }: { readonly text: string }) {
  return text.split("/").map((token, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place in the pointer is the token's identity.
    <Fragment key={at}>
      {at === 0 ? null : (
        <>
          <wbr />/
        </>
      )}
      {visibleText(token)}
    </Fragment>
  ));
}

interface RowProps {
  readonly label: string;
  readonly action?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** A label in a column of 104 px, and what it labels. */
export function Row({ label, action, children }: RowProps) {
  return (
    <div className="flex gap-2 text-13 max-sm:flex-col max-sm:gap-0.5">
      <span className="w-[104px] shrink-0 text-fact max-sm:font-semibold">{label}</span>
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
