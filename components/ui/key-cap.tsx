/** The key of a shortcut, as printed on it. */
export function KeyCap({ children }: { readonly children: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-control border border-border bg-surface px-1.5 font-mono text-11 text-fact">
      {children}
    </kbd>
  );
}
