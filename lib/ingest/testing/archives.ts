const encoder = new TextEncoder();

export interface TarEntry {
  readonly name: string;
  readonly content: string;
  readonly type?: string;
}

/** A tar file as the tools write it: headers with checksums, blocks of 512, two empty blocks at the end. */
export function tarOf(
  entries: readonly TarEntry[],
  options: { readonly end?: boolean } = {},
): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const { name, content, type } of entries) {
    const body = encoder.encode(content);
    const header = new Uint8Array(512);
    const put = (text: string, at: number) => header.set(encoder.encode(text), at);
    put(name.slice(0, 100), 0);
    put("0000644\0", 100);
    put(`${body.length.toString(8).padStart(11, "0")}\0`, 124);
    put("        ", 148);
    put(type ?? "0", 156);
    put("ustar\x0000", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    const padded = new Uint8Array(Math.ceil(body.length / 512) * 512);
    padded.set(body);
    blocks.push(header, padded);
  }
  if (options.end !== false) blocks.push(new Uint8Array(1024));
  return joined(blocks);
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
