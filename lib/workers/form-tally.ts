import { EXPORT_FORMS, type ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { HowRead } from "@/lib/ingest/record.ts";
import type { ReadAs } from "@/lib/session/model.ts";
import type { UnitResult } from "@/lib/verification/unit-result.ts";

/** Which export forms the records of one card were read as. */
export class FormTally {
  readonly #records = new Map<string, number>();
  #guessed: ExportForm | null = null;
  #chosen: ExportForm | null = null;

  addMember(reading: HowRead["reading"], chosen: HowRead["readAs"]): void {
    this.#guessed ??= reading?.form ?? null;
    this.#chosen ??= chosen ?? null;
  }

  add(exported: UnitResult["exported"]): void {
    for (const [form, count] of Object.entries(exported)) {
      this.#records.set(form, (this.#records.get(form) ?? 0) + count);
    }
  }

  /** @param isNothing whether the file was read and nothing in it was understood */
  readAs(isNothing: boolean): ReadAs | null {
    if (this.#chosen !== null) {
      return { form: this.#chosen, isChosen: true, others: 0 };
    }
    const [most] = [...this.#records].toSorted(([, a], [, b]) => b - a);
    const form = EXPORT_FORMS.find((known) => known === most?.[0]) ?? this.#guessed;
    if (form !== null) {
      return { form, isChosen: false, others: Math.max(0, this.#records.size - 1) };
    }
    return isNothing ? { form: null, isChosen: false, others: 0 } : null;
  }
}
