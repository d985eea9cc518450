/** A finding code as a small tag in mono. */
export function CodeTag({ code }: { readonly code: string }) {
  return (
    <code className="shrink-0 whitespace-nowrap rounded-control bg-sunken px-1.5 py-px font-mono text-11 text-fact">
      {code}
    </code>
  );
}
