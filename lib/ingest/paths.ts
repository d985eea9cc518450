/** Names inside archives are whatever their maker wrote; nothing here touches a file system, but people read them. */
export interface SafePath {
  readonly path: string;
  /** Whether the name was absolute or led out of the archive. */
  readonly unsafe: boolean;
}

export function safePath(name: string): SafePath {
  const slashed = name.replaceAll("\\", "/");
  const absolute = slashed.startsWith("/") || /^[A-Za-z]:/.test(slashed);
  const parts = slashed.split("/").filter((part) => part !== "" && part !== ".");
  const unsafe = absolute || parts.includes("..");
  const path = parts.map((part) => (part === ".." ? "__" : visible(part))).join("/");
  return { path: path === "" ? "unnamed" : path, unsafe };
}

/** Control and direction signs could make one name look like another. */
function visible(part: string): string {
  return part.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\ufffd").slice(0, 255);
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The name of what was dropped: the folder or archive, or the file by itself. */
export function topOf(path: string): string {
  const slash = path.indexOf("/");
  return slash < 0 ? path : path.slice(0, slash);
}
