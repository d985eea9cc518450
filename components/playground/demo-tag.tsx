/** The word that goes with everything that is made here. */
export function DemoTag() {
  return (
    <span className="shrink-0 rounded-control bg-unchecked-tint px-1.5 py-px font-medium text-11 text-unchecked tracking-[0.06em]">
      DEMO
    </span>
  );
}
