"use client";

import { useSyncExternalStore } from "react";
import { readDropped } from "@/lib/ingest/read-directory.ts";
import { currentSession } from "@/lib/session/current.ts";
import type { SessionCommands, SessionState } from "@/lib/session/model.ts";
import { EMPTY_STATE } from "@/lib/session/state.ts";

/**
 * One part of the session as it is now; the component renders again when that part changes. During a run
 * progress changes four times a second, so whoever shows something else must not ask for all of it.
 *
 * @param part takes a member of the state or makes a primitive of it: a new object would render for ever
 */
export function useSession<Part>(part: (state: SessionState) => Part): Part {
  return useSyncExternalStore(
    subscribe,
    () => part(currentSession().snapshot()),
    () => part(EMPTY_STATE),
  );
}

/** What a page can ask of the session; the same object for the life of the page. */
export function useCommands(): SessionCommands {
  return currentSession().commands;
}

/** A file with its path inside what was dropped (`folder/file`), as {@link SessionCommands.open} takes it. */
export interface DroppedFile {
  readonly path: string;
  readonly file: Blob;
}

/**
 * Everything in a drop, folders read to their end. Call it inside the drop event: the browser empties
 * the transfer when the handler returns, so entries are taken before the first await.
 */
export async function readDrop(transfer: DataTransfer): Promise<readonly DroppedFile[]> {
  return readDropped(transfer);
}

/** The files of a picker (`<input type="file">`, with or without `webkitdirectory`). */
export function readPicked(files: Iterable<File>): readonly DroppedFile[] {
  return Array.from(files, (file) => ({
    path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath,
    file,
  }));
}

function subscribe(listener: () => void): () => void {
  return currentSession().subscribe(listener);
}
