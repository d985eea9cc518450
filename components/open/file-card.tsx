"use client";

import {
  Check,
  CircleDashed,
  FileArchive,
  FileKey,
  FileText,
  LoaderCircle,
  LockOpen,
  Minus,
} from "lucide-react";
import { useFrame } from "@/components/frame/frame-context.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Card } from "@/components/ui/card.tsx";
import { Pill } from "@/components/ui/pill.tsx";
import { formatBytes } from "@/lib/display/bytes.ts";
import { groupHash, looksLikeHash, shortHash } from "@/lib/display/hash.ts";
import { plural } from "@/lib/display/numbers.ts";
import type { FileCard as FileFacts } from "@/lib/session/model.ts";
import { FormChooser } from "./form-chooser.tsx";

/** What one dropped file was recognised as, what it holds, and what it makes possible. */
export function FileCard({ file }: { readonly file: FileFacts }) {
  const frame = useFrame();
  const Icon = file.isTrustFile ? FileKey : file.members > 1 ? FileArchive : FileText;
  return (
    <Card className="flex h-full flex-col">
      <div className="flex items-center gap-3 px-3.5 pt-3">
        <Icon aria-hidden="true" size={18} strokeWidth={1.75} className="shrink-0 text-fact" />
        <div className="min-w-0 flex-1">
          <h3 className="truncate font-semibold text-14" title={file.name}>
            {file.name}
          </h3>
          <p className="truncate text-13 text-muted">
            {[
              file.recognisedAs,
              formatBytes(file.size),
              ...(file.members > 1 ? [plural(file.members, "member")] : []),
            ]
              .filter((part) => part !== "")
              .join(", ")}
          </p>
        </div>
        <Understanding of={file.understanding} />
      </div>
      <dl className="flex-1 px-3.5 py-2.5 text-13">
        {file.facts.map((fact) => (
          <div key={`${fact.label} ${fact.value}`} className="flex items-baseline gap-4 py-0.5">
            <dt className="shrink-0 text-fact">{fact.label}</dt>
            <dd className="ml-auto min-w-0 truncate font-medium text-ink" title={fact.value}>
              {looksLikeHash(fact.value) ? (
                <span className="font-mono font-normal text-12" title={groupHash(fact.value)}>
                  {shortHash(fact.value)}
                </span>
              ) : (
                fact.value
              )}
            </dd>
          </div>
        ))}
      </dl>
      <FormChooser file={file} />
      {file.unlocks === "" ? null : (
        <div className="flex items-center gap-2.5 border-hair border-t px-3.5 py-2 text-13 text-fact">
          <LockOpen aria-hidden="true" size={14} className="shrink-0 text-muted" />
          <span className="min-w-0 flex-1">{file.unlocks}</span>
          {file.isTrustFile ? (
            <Button variant="link" onPress={() => frame.show("trust")}>
              Compare with paper
            </Button>
          ) : null}
        </div>
      )}
    </Card>
  );
}

function Understanding({ of }: { readonly of: FileFacts["understanding"] }) {
  switch (of) {
    case "understood":
      return (
        <Pill tone="verified" icon={<Check aria-hidden="true" size={12} strokeWidth={2.5} />}>
          Understood
        </Pill>
      );
    case "in-part":
      return (
        <Pill tone="outline" icon={<CircleDashed aria-hidden="true" size={12} />}>
          In part
        </Pill>
      );
    case "not-understood":
      return (
        <Pill tone="neutral" icon={<Minus aria-hidden="true" size={12} />}>
          Not understood
        </Pill>
      );
    case "reading":
      return (
        <Pill tone="outline" icon={<LoaderCircle aria-hidden="true" size={12} />}>
          Reading
        </Pill>
      );
  }
}
