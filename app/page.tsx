import { OpenPage } from "@/components/open/open-page.tsx";

export default function Page() {
  return <OpenPage />;
}
