/** Opens the kernel before the first request is served. A server without its kernel must not come up. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] === "nodejs" && process.env["NEXT_PHASE"] !== BUILDING) {
    const { startKernel } = await import("@/lib/server/start-kernel.ts");
    await startKernel();
  }
}

const BUILDING = "phase-production-build";
