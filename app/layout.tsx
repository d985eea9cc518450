import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Frame } from "@/components/frame/frame.tsx";
import { TAB_ICON } from "@/components/frame/tab-icon.ts";
import { THEME_SCRIPT } from "@/components/frame/theme-script.ts";
import { DataProvider } from "@/lib/queries/provider.tsx";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Chio Explorer", template: "%s · Chio Explorer" },
  description: "Drop a Chio export and read a verdict that was computed on your own machine.",
  referrer: "no-referrer",
  icons: { icon: { url: TAB_ICON, type: "image/svg+xml" } },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#11151c" },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script>{THEME_SCRIPT}</script>
      </head>
      <body>
        <DataProvider>
          <Frame>{children}</Frame>
        </DataProvider>
      </body>
    </html>
  );
}
