import { useSyncExternalStore } from "react";
import { onUnmasked, type UnmaskedField, unmaskedFields } from "@/lib/session/unmasked.ts";

const NONE: readonly UnmaskedField[] = [];

/** Every field that was shown, as the list is now. */
export function useUnmasked(): readonly UnmaskedField[] {
  return useSyncExternalStore(onUnmasked, unmaskedFields, () => NONE);
}
