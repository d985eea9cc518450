/*
 * What the page's process takes, in octets, fitted to the proportional set size of Chromium's renderer over
 * logs of 5,000 to 200,000 receipts with two verifying workers. No browser tells a page what its workers take.
 */

/** The page with its workers and the engines of both databases, before the first file. */
const IDLE = 260 * 1024 ** 2;
/** What the workers hold of the octets under way, at most: blocks, texts, and what is not collected yet. */
const UNDER_WAY = 260 * 1024 ** 2;
/** Octets under way for each octet of a small file. */
const UNDER_WAY_FACTOR = 10;
/** Rows, hashes and ids for each octet of the files: about a kilobyte for a receipt of 1.4. */
const KEPT_FACTOR = 0.7;

/** About how many octets the page takes when so many octets of files were checked. */
export function memoryOf(fileBytes: number): number {
  return IDLE + Math.min(UNDER_WAY, fileBytes * UNDER_WAY_FACTOR) + fileBytes * KEPT_FACTOR;
}
