"use client";

import { Check, ChevronDown } from "lucide-react";
import {
  Button as AriaButton,
  type Key,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from "react-aria-components";
import {
  EXPORT_FORM_WORDS,
  exportFormOf,
  FORM_CHOICES,
  formsInWords,
} from "@/lib/display/export-forms.ts";
import { useCommands, useSession } from "@/lib/queries/session.ts";
import type { FileCard } from "@/lib/session/model.ts";

const GUESS = "guess";

/** As what a file's records are read, and the way to say it better. */
export function FormChooser({ file }: { readonly file: FileCard }) {
  const commands = useCommands();
  const isRunning = useSession(({ phase }) => phase === "running");
  const { readAs } = file;
  if (readAs === null) {
    return null;
  }
  const choose = (key: Key | null): void => {
    const form = exportFormOf(String(key));
    if (form !== (readAs.isChosen ? readAs.form : null)) {
      commands.readAs(file.id, form);
    }
  };
  return (
    <div className="border-hair border-t px-3.5 py-2 text-13">
      <Select
        value={readAs.isChosen && readAs.form !== null ? readAs.form : GUESS}
        onChange={choose}
        isDisabled={isRunning}
        className="flex min-w-0 items-center gap-2"
      >
        <Label className="shrink-0 text-fact">Read as</Label>
        <AriaButton className="flex h-7 min-w-0 cursor-pointer items-center gap-1.5 rounded-control border border-border bg-surface px-2 font-medium text-ink hover:bg-sunken disabled:cursor-default disabled:opacity-60">
          <SelectValue className="truncate">{() => shownName(readAs)}</SelectValue>
          <ChevronDown aria-hidden="true" size={14} className="shrink-0 text-muted" />
        </AriaButton>
        <Popover className="max-h-80 w-80 max-w-[calc(100vw-2rem)] overflow-auto rounded-card border border-border bg-raised p-1 shadow-popover">
          <ListBox className="outline-none" aria-label="Read as">
            <Choice id={GUESS} name="Guess" loses="By what the file’s beginning looks like." />
            {FORM_CHOICES.map(({ form, name, loses }) => (
              <Choice key={form} id={form} name={name} loses={loses} />
            ))}
          </ListBox>
        </Popover>
      </Select>
      <p className="mt-1 text-muted">
        {readAs.form === null
          ? "No export that is known here was recognised."
          : EXPORT_FORM_WORDS[readAs.form].loses}
      </p>
    </div>
  );
}

function shownName({ form, isChosen, others }: NonNullable<FileCard["readAs"]>): string {
  if (form === null) {
    return "No export";
  }
  return isChosen ? `${EXPORT_FORM_WORDS[form].name}, chosen` : formsInWords(form, others);
}

interface ChoiceProps {
  readonly id: string;
  readonly name: string;
  readonly loses: string;
}

function Choice({ id, name, loses }: ChoiceProps) {
  return (
    <ListBoxItem
      id={id}
      textValue={name}
      className="flex cursor-pointer items-start gap-2 rounded-control px-2 py-1.5 outline-none data-[focused]:bg-selected"
    >
      {({ isSelected }) => (
        <>
          <span className="mt-0.5 w-3.5 shrink-0">
            {isSelected ? <Check aria-hidden="true" size={14} /> : null}
          </span>
          <span className="min-w-0">
            <Text slot="label" className="block font-medium text-13 text-ink">
              {name}
            </Text>
            <Text slot="description" className="block text-12 text-muted">
              {loses}
            </Text>
          </span>
        </>
      )}
    </ListBoxItem>
  );
}
