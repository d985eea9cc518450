import { writeSync } from "node:fs";
import type { BudgetEvent } from "@/kernel/economics/model.ts";
import { asText, member } from "@/kernel/json/value.ts";
import { openKeyring } from "../keys/keyring.ts";
import { lockDirectory } from "../log/lock-file.ts";
import { openLog } from "../log/open-log.ts";
import { primitives, signedChild, signedTool } from "./signed.ts";

/**
 * A process to be killed: opens a data directory as a server does, appends without end, and writes one line
 * for each acknowledgement, after it. `node crash-writer.mjs DIRECTORY ROUND`.
 */
async function main(directory: string, round: number): Promise<void> {
  const now = (): bigint => BigInt(Math.floor(Date.now() / 1000));
  const lock = lockDirectory(directory);
  const keyring = openKeyring({
    directory,
    mode: "separate",
    environment: {},
    now,
    primitives,
  });
  if (!lock.ok || !keyring.ok) {
    throw new Error("the data directory could not be opened again");
  }
  const open = openLog({
    directory,
    signer: keyring.value.signer("checkpoint"),
    primitives,
    now,
    checkpointEvery: 25,
    checkpointWithin: 20,
  });
  const key = keyring.value.signer("kernel");
  const appendNext = async (number: number): Promise<void> => {
    const name = `${round}-${number}`;
    const isChild = number % 7 === 0;
    const receipt = isChild
      ? signedChild(key, round * 1_000_000 + number, now())
      : signedTool({ key, number: round * 1_000_000 + number, at: now() });
    const expiresAt = now() + 3600n;
    open.nonces.take(name, expiresAt, now());
    const reserved = { budget: [spend(name)], nonces: [{ key: name, expiresAt }] };
    if (number % 2 === 0) {
      await open.log.reserve(reserved);
    }
    const { seq } = await open.log.append({ receipt, ...reserved });
    const id = asText(member(receipt, "id"));
    const acknowledged = { id, seq: Number(seq), child: isChild, hold: holdOf(name), nonce: name };
    writeSync(1, `${JSON.stringify(acknowledged)}\n`);
  };
  const write = async (lane: number): Promise<void> => {
    for (let number = lane; ; number += LANES) {
      await appendNext(number);
    }
  };
  await Promise.all(Array.from({ length: LANES }, (_, lane) => write(lane + 1)));
}

/** Entries in flight at a time, so that commits hold several. */
const LANES = 6;

function holdOf(name: string): string {
  return `budget-hold:${name}:cap-1:0`;
}

function spend(name: string): BudgetEvent {
  const holdId = holdOf(name);
  return {
    id: `${holdId}:authorize`,
    kind: "authorize",
    holdId,
    capabilityId: "cap-1",
    grantIndex: 0,
    units: 1n,
    realized: 0n,
    currency: "EUR",
  };
}

await main(process.argv[2] ?? "", Number(process.argv[3]));
