/** Class names in one string; empty and absent ones are left out. */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter((name) => typeof name === "string" && name.length > 0).join(" ");
}
