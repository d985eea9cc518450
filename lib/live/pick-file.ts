declare global {
  interface Window {
    /** File System Access API; absent in Firefox and Safari. */
    showOpenFilePicker?: (options: {
      readonly multiple: false;
      readonly id: string;
    }) => Promise<readonly FileSystemFileHandle[]>;
  }
}

/** Whether this browser can hand out a file that is read again when it has grown. */
export function canWatchFiles(): boolean {
  return typeof window !== "undefined" && window.showOpenFilePicker !== undefined;
}

/**
 * Lets a person choose a file to be watched; null where they chose none.
 *
 * @throws where the browser refuses to open a picker at all
 */
export async function pickFileToWatch(): Promise<FileSystemFileHandle | null> {
  try {
    const picked = await window.showOpenFilePicker?.({ multiple: false, id: "chio-live" });
    return picked?.[0] ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    throw error;
  }
}
