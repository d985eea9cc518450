"use client";

import { buttonStyle } from "@/components/ui/button-style.ts";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <div className="flex min-h-full flex-col items-center justify-center gap-3 p-6 text-center">
      <h1 className="font-semibold text-20">This page stopped working</h1>
      <p className="max-w-[60ch] text-14 text-fact">
        It is a fault of the page, not of your files, and no statement about them. What is loaded
        stays loaded.
      </p>
      <p className="max-w-[60ch] break-words font-mono text-12 text-muted">{error.message}</p>
      <button type="button" onClick={reset} className={buttonStyle("primary", true)}>
        Draw it again
      </button>
    </div>
  );
}
