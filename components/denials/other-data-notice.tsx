import type { ReactNode } from "react";
import { Button } from "@/components/ui/button.tsx";

interface OtherDataNoticeProps {
  /** What the link says of the data it was made for; null where it does not say. */
  readonly made: string | null;
  readonly loaded: string;
  readonly values: number;
  readonly onDrop: () => void;
}

/** A link whose tokens stand for nothing that is loaded. */
export function OtherDataNotice(props: OtherDataNoticeProps): ReactNode {
  const { made, loaded, values } = props;
  const which =
    made !== null && made !== loaded
      ? `This link was made for the data ${made}; ${loaded} is loaded.`
      : "This link names something that is not in the loaded data.";
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-border border-b bg-sunken px-[18px] py-2 text-13"
    >
      <p className="min-w-0 flex-1">
        <span className="font-semibold">{which}</span>{" "}
        {values === 1 ? "One value of it is" : `${values} values of it are`} left out. Open the same
        files, or go on without.
      </p>
      <Button onPress={props.onDrop}>Go on without</Button>
    </div>
  );
}
