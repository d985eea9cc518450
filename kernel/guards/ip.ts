/** An address as the number of its 32 or 128 bits. */
export interface IpAddress {
  readonly kind: "ipv4" | "ipv6";
  readonly value: bigint;
}

/** Whether a host can only be an IPv4 address: its last label is a number (WHATWG URL, "ends in a number"). */
export function endsInNumber(host: string): boolean {
  const labels = host.split(".");
  const last = labels.at(-1) === "" ? labels.at(-2) : labels.at(-1);
  return last !== undefined && /^(?:[0-9]+|0x[0-9a-f]*)$/i.test(last);
}

/**
 * An IPv4 address in any of the forms that clients accept: one to four parts, each decimal, octal after `0` or
 * hexadecimal after `0x`, the last filling the remaining octets; a trailing dot. Null where it is none. (WHATWG
 * URL, IPv4 parser.)
 */
export function parseIpv4(host: string): bigint | null {
  const parts = host.replace(/([^.])\.$/, "$1").split(".");
  if (parts.length > 4) {
    return null;
  }
  let value = 0n;
  for (const [index, part] of parts.entries()) {
    const width = index === parts.length - 1 ? BigInt(4 - index) : 1n;
    const number = ipv4Part(part);
    if (number === null || number >= 1n << (8n * width)) {
      return null;
    }
    value = (value << (8n * width)) | number;
  }
  return value;
}

function ipv4Part(part: string): bigint | null {
  if (/^0x[0-9a-f]*$/i.test(part)) {
    return BigInt(`0x0${part.slice(2)}`);
  }
  if (/^0[0-7]*$/.test(part)) {
    return BigInt(`0o${part}`);
  }
  return /^[1-9][0-9]*$/.test(part) ? BigInt(part) : null;
}

/** An IPv6 address without brackets and without a zone, its last 32 bits dotted or not; null where it is none. */
export function parseIpv6(text: string): bigint | null {
  const halves = text.split("::");
  const [head = "", tail] = halves;
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  if (left === null || right === null || halves.length > 2) {
    return null;
  }
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1 || head.includes(".")) {
    return null;
  }
  const zeros: readonly bigint[] = Array.from({ length: missing }, () => 0n);
  return [...left, ...zeros, ...right].reduce((value, group) => (value << 16n) | group, 0n);
}

function groupsOf(text: string): readonly bigint[] | null {
  if (text === "") {
    return [];
  }
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) {
      groups.push(BigInt(`0x${part}`));
      continue;
    }
    const dotted = index === parts.length - 1 ? parseDotted(part) : null;
    if (dotted === null) {
      return null;
    }
    groups.push(dotted >> 16n, dotted & 0xffffn);
  }
  return groups;
}

/** Four decimal octets without leading zeros: the only spelling of an IPv4 address that means the same to everyone. */
export function parseDotted(text: string): bigint | null {
  const value = /^[0-9.]{7,15}$/.test(text) ? parseIpv4(text) : null;
  return value !== null && formatIp({ kind: "ipv4", value }) === text ? value : null;
}

/** Canonical text: dotted decimal, or RFC 5952 without brackets and without a dotted part. */
export function formatIp({ kind, value }: IpAddress): string {
  if (kind === "ipv4") {
    return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join(".");
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const run = longestZeroRun(groups);
  return run.length < 2
    ? groups.join(":")
    : `${groups.slice(0, run.start).join(":")}::${groups.slice(run.start + run.length).join(":")}`;
}

function longestZeroRun(groups: readonly string[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== "0") {
      start = index + 1;
    } else if (index + 1 - start > best.length) {
      best = { start, length: index + 1 - start };
    }
  }
  return best;
}
