"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { Button } from "@/components/ui/button.tsx";
import { usePreference } from "./preferences.ts";
import { nextTheme, themeOf } from "./theme.ts";

/** Steps through light, dark and the system's choice; the icon shows which one holds. */
export function ThemeSwitch() {
  const theme = themeOf(usePreference("chio-theme"));
  const Icon = theme === "light" ? Sun : theme === "dark" ? Moon : Monitor;
  return (
    <Button variant="icon" aria-label={`Theme: ${theme}. Change theme`} onPress={nextTheme}>
      <Icon aria-hidden="true" size={16} />
    </Button>
  );
}
