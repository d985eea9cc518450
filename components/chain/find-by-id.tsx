"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Search } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useId, useState } from "react";
import { receiptsAddress } from "@/components/receipts/page-fragment.ts";
import { Button } from "@/components/ui/button.tsx";
import { chainQuestion } from "@/lib/queries/chain.ts";
import { walkedFrom } from "./page-fragment.ts";
import { usePageState } from "./use-page-state.ts";

const LONGEST = 2000;

type Found = { readonly kind: "none"; readonly id: string } | { readonly kind: "problem" } | null;

interface FindByIdProps {
  readonly revision: number;
  readonly label: string;
}

/** A field that leads to the chain of the receipt with that id, or says that there is none. */
export function FindById({ revision, label }: FindByIdProps): ReactNode {
  const client = useQueryClient();
  const [, change] = usePageState();
  const [typed, setTyped] = useState("");
  const [found, setFound] = useState<Found>(null);
  const field = useId();
  const find = async (id: string): Promise<void> => {
    const key = await client.fetchQuery(chainQuestion(revision, "locate", id));
    if (key === null) setFound({ kind: "none", id });
    else change(walkedFrom(key), "push");
  };
  return (
    <search className="w-full max-w-[420px]">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const id = typed.trim();
          if (id !== "") find(id).catch(() => setFound({ kind: "problem" }));
        }}
      >
        <label htmlFor={field} className="text-12 text-muted">
          {label}
        </label>
        <span className="mt-1 flex gap-2">
          <input
            id={field}
            value={typed}
            maxLength={LONGEST}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => {
              setTyped(event.target.value);
              setFound(null);
            }}
            className="h-[30px] min-w-0 flex-1 rounded-control border border-strong bg-surface px-2 font-mono text-12"
          />
          <Button type="submit">
            <Search aria-hidden size={14} />
            Find
          </Button>
        </span>
      </form>
      <p role="status" className="min-h-4 pt-1 text-12 text-fact empty:pt-0">
        {found?.kind === "problem" && "It could not be asked for. Try again."}
        {found?.kind === "none" && (
          <>
            No receipt has exactly this id.{" "}
            <Link
              href={receiptsAddress({ text: found.id })}
              className="text-accent underline underline-offset-2"
            >
              Look for a part of it
            </Link>
          </>
        )}
      </p>
    </search>
  );
}
