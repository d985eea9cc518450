import { decodeLossily } from "../raw-records.ts";
import type { ByteSource } from "../record.ts";
import { bytesSource, sliceSource } from "../sources.ts";
import { isTarHeader, octal } from "./detect.ts";
import { damaged, overLimit, type UnpackContext, type Unpacking } from "./unpack.ts";

const BLOCK = 512;
const LONGEST_EXTENSION = 1024 * 1024;

/** The entries of a tar file (ustar, GNU long names, pax). Entries are ranges of the archive, nothing is copied. */
export async function* unpackTar(source: ByteSource, context: UnpackContext): Unpacking {
  let extended: Extended = {};
  let position = 0;
  while (position < source.size) {
    context.signal?.throwIfAborted();
    const header = await source.read(position, position + BLOCK);
    if (header.length === BLOCK && header.every((byte) => byte === 0)) return;
    if (!isTarHeader(header)) {
      yield damaged(null, `no entry header at octet ${position}`);
      return;
    }
    const type = String.fromCharCode(header[156] ?? 0);
    const size = extended.size ?? sizeField(header);
    const start = position + BLOCK;
    if (size === null || size > source.size - start) {
      if (isFile(type)) {
        const name = extended.path ?? nameField(header);
        yield { kind: "entry", name, source: sliceSource(source, start, source.size) };
      }
      yield damaged(null, "cut inside an entry");
      return;
    }
    position = start + Math.ceil(size / BLOCK) * BLOCK;
    if (type === "L" || type === "x") {
      if (size > LONGEST_EXTENSION) {
        yield damaged(null, `an extended header of ${size} octets`);
        return;
      }
      const body = await source.read(start, start + size);
      extended = type === "L" ? { ...extended, path: textField(body) } : paxFields(body, extended);
      continue;
    }
    if (type !== "g" && type !== "K" && type !== "5") {
      const name = extended.path ?? nameField(header);
      const limit = context.budget.takeMember() ?? context.budget.takeBytes(size, 0, size);
      if (limit !== null) {
        yield overLimit(name, limit);
        return;
      }
      // A link or a device has no content of its own; it is listed, and never followed.
      const content = isFile(type)
        ? sliceSource(source, start, start + size)
        : bytesSource(new Uint8Array());
      yield { kind: "entry", name, source: content };
    }
    if (type !== "K") extended = {};
  }
  yield damaged(null, "no end mark: the archive may be cut after a whole entry");
}

interface Extended {
  readonly path?: string;
  readonly size?: number;
}

function isFile(type: string): boolean {
  return type === "0" || type === "\0" || type === "7";
}

function textField(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return decodeLossily(end < 0 ? bytes : bytes.subarray(0, end));
}

function nameField(header: Uint8Array): string {
  const name = textField(header.subarray(0, 100));
  const isUstar = textField(header.subarray(257, 262)) === "ustar" && header[262] === 0;
  const prefix = isUstar ? textField(header.subarray(345, 500)) : "";
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Octal, or GNU's base 256 where the first bit is set; null where it is neither or beyond exact numbers. */
function sizeField(header: Uint8Array): number | null {
  const field = header.subarray(124, 136);
  const first = field[0] ?? 0;
  if ((first & 0x80) === 0) return octal(field) ?? (field.every((byte) => byte === 0) ? 0 : null);
  let size = first & 0x7f;
  for (const byte of field.subarray(1)) size = size * 256 + byte;
  return Number.isSafeInteger(size) ? size : null;
}

/** Records `<length> <keyword>=<value>\n` (POSIX pax); unusable ones end the reading. */
function paxFields(body: Uint8Array, before: Extended): Extended {
  let fields = before;
  for (let start = 0; start < body.length; ) {
    const space = body.indexOf(0x20, start);
    const length = Number(decodeLossily(body.subarray(start, Math.max(start, space))));
    if (space < 0 || !Number.isInteger(length) || length < 5) break;
    const record = decodeLossily(body.subarray(space + 1, start + length - 1));
    const equals = record.indexOf("=");
    const value = record.slice(equals + 1);
    if (record.slice(0, equals) === "path") fields = { ...fields, path: value };
    if (record.slice(0, equals) === "size" && /^\d{1,15}$/.test(value)) {
      fields = { ...fields, size: Number(value) };
    }
    start += length;
  }
  return fields;
}
