"use client";

import { Eye } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { KeyboardEvent } from "react-aria-components";
import { singleKeysAreOn } from "@/components/frame/use-keys.ts";
import { visibleText } from "@/components/receipts/visible-text.ts";
import { Button } from "@/components/ui/button.tsx";
import { formatCount, plural } from "@/lib/display/numbers.ts";
import type { DeadLetterDetail, PayloadField } from "@/lib/queries/dead-letter-model.ts";
import { noteUnmasked } from "@/lib/session/unmasked.ts";
import { logWords } from "../log-words.ts";
import { useUnmasked } from "./use-unmasked.ts";

const KIND_WORDS: Readonly<Record<PayloadField["kind"], string>> = {
  text: "text",
  number: "a number",
  boolean: "true or false",
  null: "null",
  empty: "empty",
  octets: "octets",
};

/** The payload's fields, each masked until it is asked for, with `m` or its button. */
export function PayloadFields({ letter }: { readonly letter: DeadLetterDetail }): ReactNode {
  const { payload, place, record } = letter;
  const unmasked = useUnmasked();
  const [said, setSaid] = useState("");
  const seen = new Set(
    unmasked
      .filter((field) => field.file === place.file && field.record === record)
      .map(({ pointer }) => pointer),
  );
  const show = (field: PayloadField) => {
    noteUnmasked({ file: place.file, record, pointer: field.pointer });
    setSaid(`${nameOf(field)} is shown. It is noted for the report.`);
  };
  if (payload.fields.length === 0) {
    return (
      <p className="text-12 text-muted">
        {payload.length === null
          ? "The payload is not in this record."
          : `${plural(payload.length, "byte")}, without a field.`}
      </p>
    );
  }
  return (
    <>
      <ul>
        {payload.fields.map((field) => (
          <Field
            key={field.pointer}
            field={field}
            isShown={seen.has(field.pointer)}
            onShow={() => show(field)}
          />
        ))}
      </ul>
      {payload.more > 0 && (
        <p className="pt-1 text-12 text-muted">and {formatCount(payload.more)} more fields</p>
      )}
      <p aria-live="polite" className="min-h-4 pt-1 text-12 text-muted">
        {said}
      </p>
    </>
  );
}

interface FieldProps {
  readonly field: PayloadField;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

function Field({ field, isShown, onShow }: FieldProps): ReactNode {
  const [asking, setAsking] = useState(false);
  const name = nameOf(field);
  const key = (event: KeyboardEvent) => {
    if (event.key === "m" && !event.ctrlKey && !event.metaKey && singleKeysAreOn()) setAsking(true);
    else event.continuePropagation();
  };
  return (
    <li className="flex min-h-7 items-start gap-3 border-hair border-t py-1 text-12">
      <span className="w-2/5 shrink-0 pt-0.5 font-mono text-muted [overflow-wrap:anywhere]">
        <bdi>{name}</bdi>
      </span>
      {isShown ? (
        <bdi className="min-w-0 flex-1 whitespace-pre-wrap pt-0.5 font-mono [overflow-wrap:anywhere]">
          {visibleText(field.value)}
          {field.isCut && "…"}
        </bdi>
      ) : asking ? (
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
          <span>Show this field? It is noted for the report.</span>
          <Button autoFocus className="h-6! px-2!" onPress={onShow}>
            Show
          </Button>
          <Button variant="quiet" className="h-6!" onPress={() => setAsking(false)}>
            Keep masked
          </Button>
        </span>
      ) : (
        <span className="flex min-w-0 flex-1 items-center gap-2">
          <span aria-hidden="true" className="hatch-neutral h-3 w-20 rounded-[2px] opacity-60" />
          <span className="text-muted">{KIND_WORDS[field.kind]}</span>
          <Button
            variant="quiet"
            aria-label={`Unmask ${name}`}
            aria-keyshortcuts="m"
            onKeyDown={key}
            className="ml-auto h-6!"
            onPress={() => setAsking(true)}
          >
            <Eye aria-hidden size={13} />
            Unmask
          </Button>
        </span>
      )}
    </li>
  );
}

function nameOf(field: PayloadField): string {
  return field.pointer === "" ? "whole payload" : logWords(field.pointer);
}
