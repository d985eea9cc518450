import Link from "next/link";

/** Mark and name; leads to Open. */
export function Brand() {
  return (
    <Link href="/" className="flex shrink-0 items-center gap-2.5 rounded-control">
      <svg width={22} height={22} viewBox="0 0 22 22" aria-hidden="true">
        <g fill="none" stroke="currentColor" strokeLinejoin="round">
          <path d="M11 1.4 19.4 6.2 V15.8 L11 20.6 2.6 15.8 V6.2 Z" strokeWidth={1.9} />
          <path d="M7.9 7.9 14.1 14.1 M14.1 7.9 7.9 14.1" strokeWidth={1.9} strokeLinecap="round" />
        </g>
      </svg>
      <span className="font-semibold text-14 max-[380px]:sr-only">Chio Explorer</span>
    </Link>
  );
}
