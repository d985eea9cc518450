import type { ReactNode } from "react";
import { Button } from "@/components/ui/button.tsx";

interface QueryProblemProps {
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** A question to the engine that was not answered: what it said, and a way to ask again. */
export function QueryProblem({ title, error, onRetry }: QueryProblemProps): ReactNode {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-2 rounded-card border border-border bg-surface p-3.5"
    >
      <p className="font-semibold text-14">{title}</p>
      <p className="font-mono text-12 text-fact [overflow-wrap:anywhere]">
        {message.slice(0, 500)}
      </p>
      <Button onPress={onRetry}>Ask again</Button>
    </div>
  );
}
