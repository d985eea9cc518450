import { toHex } from "@/kernel/encoding.ts";
import type { Checkpoint } from "@/lib/verification/checkpoints.ts";
import type { Finding, VerificationReport } from "@/lib/verification/report.ts";
import { NO_NUMBER } from "@/lib/verification/unit-result.ts";
import { ipcStream, textColumn, uint64Column } from "./arrow-column.ts";

/*
 * What there are few of, as Arrow streams for the tables of a conclusion; no stream for no rows.
 */

/** @param pathOf the file of a member */
export function checkpointStreams(
  checkpoints: readonly Checkpoint[],
  pathOf: (member: number) => string,
): readonly Uint8Array[] {
  const { texts, numbers } = columnsOf(checkpoints);
  return streams(checkpoints.length, [
    ["file", texts(({ member }) => pathOf(member))],
    ["checkpoint_seq", numbers(({ seq }) => seq)],
    ["first_seq", numbers(({ start }) => start)],
    ["last_seq", numbers(({ end }) => end)],
    ["tree_size", numbers(({ treeSize }) => treeSize)],
    ["issued_at", numbers(({ issuedAt }) => issuedAt)],
    ["kernel_key", texts(({ key }) => key)],
    ["merkle_root", texts(({ root }) => (root === null ? "" : toHex(root)))],
    ["sha256", texts(({ sha256 }) => sha256)],
    ["signature", texts(({ fits }) => (fits ? "fits" : "does not fit"))],
  ]);
}

export function findingStreams(findings: readonly Finding[]): readonly Uint8Array[] {
  const { texts, numbers } = columnsOf(findings);
  return streams(findings.length, [
    ["finding", texts(({ id }) => id)],
    ["code", texts(({ code }) => code)],
    ["severity", texts(({ severity }) => severity)],
    ["subject_kind", texts(({ subject }) => subject.kind)],
    ["subject", texts(({ subject }) => subject.id)],
    ["cause", texts(({ cause }) => cause ?? "")],
    ["file", texts(({ place }) => place.file)],
    ["line", numbers(({ place }) => place.line)],
    ["byte_offset", numbers(({ place }) => place.byte_offset)],
    ["pointer", texts(({ place }) => place.pointer)],
    ["expected", texts(({ expected }) => expected ?? "")],
    ["actual", texts(({ actual }) => actual ?? "")],
  ]);
}

export function fileStreams(inputs: VerificationReport["inputs"]): readonly Uint8Array[] {
  const { texts, numbers } = columnsOf(inputs);
  return streams(inputs.length, [
    ["file", texts(({ path }) => path)],
    ["sha256", texts(({ sha256 }) => sha256)],
    ["recognised_as", texts((input) => input.recognised_as)],
    ["rows", numbers(({ rows }) => rows)],
    ["rejected", numbers(({ rejected }) => rejected)],
  ]);
}

type Columns = Parameters<typeof ipcStream>[1];

function streams(count: number, columns: Columns): readonly Uint8Array[] {
  return count === 0 ? [] : [ipcStream(count, columns)];
}

function columnsOf<Row>(rows: readonly Row[]) {
  return {
    texts: (of: (row: Row) => string) => textColumn(rows.map(of)),
    numbers: (of: (row: Row) => number | null) =>
      uint64Column(
        BigUint64Array.from(rows, (row) => whole(of(row))),
        NO_NUMBER,
      ),
  };
}

/** NaN where it could not be read. */
function whole(value: number | null): bigint {
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? BigInt(value) : NO_NUMBER;
}
