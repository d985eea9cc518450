/**
 * A dropped folder as files with their paths. The browser empties the transfer when the drop's handler
 * returns, and hands a folder's entries out in batches (100 in Chromium), so both are respected here.
 */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

export interface EntryLike {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
}

interface FileEntryLike extends EntryLike {
  file(success: (file: File) => void, failure: (error: unknown) => void): void;
}

interface DirectoryEntryLike extends EntryLike {
  createReader(): {
    readEntries(
      success: (entries: readonly EntryLike[]) => void,
      failure: (error: unknown) => void,
    ): void;
  };
}

/** The parts of DataTransfer that are used; a DataTransfer fits. */
export interface TransferLike {
  readonly items: ArrayLike<{
    readonly kind: string;
    webkitGetAsEntry(): EntryLike | null;
    getAsFile(): File | null;
  }>;
}

/**
 * Every file of a drop, folders walked to their ends. Within a folder files come in the order of their names,
 * so that the same folder always gives the same report. Must be called before the handler's first `await`.
 *
 * @throws Error naming the path, where a file or folder may not be read
 */
export async function readDropped(transfer: TransferLike): Promise<readonly DroppedFile[]> {
  const tops = Array.from(transfer.items)
    .filter((item) => item.kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found: DroppedFile[] = [];
  for (const { entry, file } of tops) {
    if (entry?.isDirectory === true) await walk(entry, found);
    else if (file !== null) found.push({ path: file.name, file });
    else if (entry !== null) await walk(entry, found);
  }
  return found;
}

/** Walks without recursion: a folder may be deeper than the stack. */
async function walk(top: EntryLike, found: DroppedFile[]): Promise<void> {
  const waiting = [{ entry: top, path: top.name }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { entry, path } = next;
    if (isDirectoryEntry(entry)) {
      const children = await readAllEntries(entry, path);
      const sorted = children.toSorted((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
      for (const child of sorted) waiting.push({ entry: child, path: `${path}/${child.name}` });
    } else if (isFileEntry(entry)) {
      found.push({ path, file: await fileOf(entry, path) });
    }
  }
}

async function readAllEntries(entry: DirectoryEntryLike, path: string): Promise<EntryLike[]> {
  const reader = entry.createReader();
  const entries: EntryLike[] = [];
  for (;;) {
    const batch = await new Promise<readonly EntryLike[]>((resolve, reject) => {
      reader.readEntries(resolve, (error) => reject(unreadable(path, error)));
    });
    if (batch.length === 0) return entries;
    for (const child of batch) entries.push(child);
  }
}

function fileOf(entry: FileEntryLike, path: string): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, (error) => reject(unreadable(path, error)));
  });
}

function unreadable(path: string, cause: unknown): Error {
  return new Error(`${path} could not be read.`, { cause });
}

function isDirectoryEntry(entry: EntryLike): entry is DirectoryEntryLike {
  return entry.isDirectory && "createReader" in entry;
}

function isFileEntry(entry: EntryLike): entry is FileEntryLike {
  return entry.isFile && "file" in entry;
}
