import { canonicalize } from "@/kernel/json/canonicalize.ts";
import { childPointer } from "@/kernel/json/pointer.ts";
import { asText, asU64, isArray, isObject, type JsonObject, member } from "@/kernel/json/value.ts";
import type { Folders } from "./folders.ts";
import type { Draft, Ledger } from "./ledger.ts";
import { type CollectionCounts, compareClaims, compareCounts } from "./manifest-counts.ts";
import { type MemberInfo, type Members, type PlacedRecord, placeOf, wholeFile } from "./members.ts";

export interface ManifestContext {
  readonly members: Members;
  readonly folders: Folders;
  /** Collections whose unlisted files were reported: a second manifest says nothing new of them. */
  readonly enumerated: Set<string>;
  readonly ledger: Ledger;
  /** Queries and other small documents, by member. */
  readonly queries: ReadonlyMap<number, JsonObject>;
  readonly countsOf: (files: readonly MemberInfo[]) => CollectionCounts;
  /** An error inside the member that explains why its bytes differ, if there is one. */
  readonly causeIn: (member: number) => Draft | null;
  readonly causeInCollection: (collection: string) => Draft | null;
}

export interface ListedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: bigint | null;
  readonly pointer: string;
}

/**
 * Compares an evidence manifest with the files beside it. A manifest is unsigned: it finds damage, not an
 * editor who also rewrites the manifest, which is why nothing here ever makes a dataset "verified".
 */
export function checkManifest(manifest: PlacedRecord, context: ManifestContext): void {
  const { ledger, members } = context;
  const own = members.get(manifest.member);
  if (own === undefined) {
    return;
  }
  const subject = { kind: "manifest" as const, id: own.name };
  const files = listedFiles(manifest.value);
  if (files === null) {
    ledger.add({ code: "MAN-006", subject, place: placeOf(manifest, "/files") });
    return;
  }
  const inside = own.collection === "" ? "" : `${own.collection}/`;
  const listed = new Set<string>();
  const present: MemberInfo[] = [];
  for (const file of files) {
    if (listed.has(file.path) || !isSafe(file.path)) {
      const actual = file.path;
      ledger.add({ code: "MAN-006", subject, place: placeOf(manifest, file.pointer), actual });
      continue;
    }
    listed.add(file.path);
    const found = context.folders.at(`${inside}${file.path}`);
    if (found !== undefined) {
      present.push(found);
    }
    if (found === undefined) {
      const expected = file.path;
      ledger.add({ code: "MAN-003", subject, place: placeOf(manifest, file.pointer), expected });
    } else if (
      // A run that was stopped may have ended before the file was hashed.
      (found.sha256 !== "" && found.sha256 !== file.sha256) ||
      (file.bytes !== null && BigInt(found.size) !== file.bytes)
    ) {
      ledger.add({
        code: "MAN-001",
        subject: { kind: "file", id: file.path },
        place: wholeFile(found.id),
        cause: context.causeIn(found.id),
        expected: `${file.sha256}${file.bytes === null ? "" : `, ${file.bytes} bytes`}`,
        actual: `${found.sha256}${file.bytes === null ? "" : `, ${found.size} bytes`}`,
      });
    }
  }
  if (own.collection !== "" && !context.enumerated.has(own.collection)) {
    context.enumerated.add(own.collection);
    reportUnlisted(own, inside, listed, context);
  }
  const counts = context.countsOf(present);
  compareCounts(manifest, counts, ledger, context.causeInCollection(own.collection));
  compareClaims(manifest, counts, ledger);
  compareQuery(manifest, listed.has("query.json"), inside, context);
}

function reportUnlisted(
  own: MemberInfo,
  inside: string,
  listed: ReadonlySet<string>,
  { folders, ledger }: ManifestContext,
): void {
  for (const member of folders.below(inside)) {
    const path = member.path.slice(inside.length);
    if (!listed.has(path) && member.id !== own.id && member.layout !== "empty") {
      const subject = { kind: "file" as const, id: path };
      ledger.add({ code: "MAN-002", subject, place: wholeFile(member.id) });
    }
  }
}

/** Whether the export was filtered: then missing numbers are expected, and prove nothing. */
export function isFiltered(manifest: JsonObject): boolean {
  const query = member(manifest, "query");
  return isObject(query) && Object.values(query).some((value) => value !== null);
}

/** The listed files, or none where the manifest cannot be used. */
export function listedFilesOf(manifest: JsonObject): readonly ListedFile[] {
  return listedFiles(manifest) ?? [];
}

function listedFiles(manifest: JsonObject): readonly ListedFile[] | null {
  const files = member(manifest, "files");
  if (!isArray(files)) {
    return null;
  }
  const hashes = member(manifest, "sha256");
  const listed: ListedFile[] = [];
  for (const [index, file] of files.entries()) {
    const pointer = childPointer("/files", String(index));
    if (isObject(file)) {
      const path = asText(member(file, "path"));
      const sha256 = asText(member(file, "sha256"));
      const bytes = asU64(member(file, "bytes"));
      if (path === undefined || sha256 === undefined || bytes === undefined) {
        return null;
      }
      listed.push({ path, sha256, bytes, pointer });
    } else if (typeof file === "string" && isObject(hashes)) {
      listed.push({ path: file, sha256: asText(member(hashes, file)) ?? "", bytes: null, pointer });
    } else {
      return null;
    }
  }
  return listed;
}

/** A path that could leave the folder, or that two systems would read differently, is refused. */
function isSafe(path: string): boolean {
  return (
    path !== "" &&
    !path.startsWith("/") &&
    !path.includes("\\") &&
    !path.split("/").some((part) => part === ".." || part === "." || part === "")
  );
}

function compareQuery(
  manifest: PlacedRecord,
  isListed: boolean,
  inside: string,
  context: ManifestContext,
): void {
  const query = member(manifest.value, "query");
  const file = isListed ? context.folders.at(`${inside}query.json`) : undefined;
  const document = file === undefined ? undefined : context.queries.get(file.id);
  if (query === undefined || document === undefined) {
    return;
  }
  const expected = canonicalize(query);
  const actual = canonicalize(document);
  if (expected !== actual) {
    context.ledger.add({
      code: "MAN-005",
      subject: { kind: "manifest", id: "query" },
      place: placeOf(manifest, "/query"),
      expected,
      actual,
    });
  }
}
