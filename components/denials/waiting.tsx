import type { ReactNode } from "react";

/** The page while there is nothing to show yet. */
export function Waiting({ text }: { readonly text: string }): ReactNode {
  return (
    <>
      <h1 className="sr-only">Denials</h1>
      <p role="status" className="p-6 text-center text-13 text-muted">
        {text}
      </p>
    </>
  );
}
