const RECEIPT = /^#?receipt=(\d{1,15})$/u;

/** The row that an address' fragment names, or null. A link is written by anyone. */
export function receiptRowOf(fragment: string): number | null {
  const row = RECEIPT.exec(fragment)?.[1];
  return row === undefined ? null : Number(row);
}

/** The address of the Playground page that starts from the receipt of a row. */
export function playgroundAddress(row: number): string {
  return `/playground#receipt=${row}`;
}
