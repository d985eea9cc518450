import { expect, it } from "vitest";
import { utf8 } from "@/kernel/encoding.ts";
import { nodePlatform } from "@/lib/cli/node-platform.ts";
import type { ExportForm } from "@/lib/ingest/kafka/export-form.ts";
import type { KafkaRecord } from "@/lib/ingest/kafka/record.ts";
import { readExported } from "@/lib/ingest/kafka/testing/read-exported.ts";
import type { StormRecord } from "./model.ts";
import { Storm } from "./storm.ts";
import { claimLetters } from "./storm-files.ts";
import { ExportStream } from "./write-export.ts";

const { primitives } = nodePlatform();
const storm = new Storm({ seed: 5, rows: 400, mode: "claims" }, primitives);
const letters: readonly StormRecord[] = [...claimLetters(storm, primitives)];

/** Forms whose rows are made of text: each must be guessed, and hold what was written. */
const FORMS: readonly ExportForm[] = [
  "kcat-text",
  "console-consumer",
  "confluent-cli",
  "redpanda-console-csv",
  "kafbat-csv",
  "connect-csv",
];

async function readBack(form: ExportForm): Promise<readonly KafkaRecord[]> {
  const stream = new ExportStream(form);
  const files = new Map<string, string>();
  for (const { path, text } of [...stream.write(letters), ...stream.end()]) {
    files.set(path, (files.get(path) ?? "") + text);
  }
  const records: KafkaRecord[] = [];
  for (const [path, text] of files) {
    const read = await readExported(utf8(text), path);
    expect(read.refused).toEqual([]);
    records.push(...read.records);
  }
  return records;
}

function text(bytes: Uint8Array | null): string | null {
  return bytes === null || bytes.length === 0 ? null : new TextDecoder().decode(bytes);
}

it.each(FORMS)("a storm written as %s is read as it, record for record", async (form) => {
  const records = await readBack(form);
  const shown = (record: { readonly key: Uint8Array | null; readonly offset: string | null }) =>
    `${record.offset} ${text(record.key)}`;
  expect(new Set(records.map((record) => record.form))).toEqual(new Set([form]));
  expect(records.map(shown).toSorted()).toEqual(letters.map(shown).toSorted());
  if (form !== "redpanda-console-csv") {
    const values = (list: readonly { readonly value: Uint8Array | null }[]) =>
      list.map(({ value }) => text(value)).toSorted();
    expect(values(records)).toEqual(values(letters));
  }
});
