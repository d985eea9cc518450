// The content security policies, in one place: the build writes them, the end-to-end tests read them.

/** What a worker's script, or any other static file, is served with. */
export const WORKER_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";

/**
 * The policy of a page. `hashes` are those of the inline scripts that the build put into it
 * (`'sha256-…'`, quotes included); no other inline script runs.
 */
export function documentPolicy(hashes) {
  return [
    "default-src 'none'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(" "),
    // Inline styles are allowed: with every other source closed they can send nothing anywhere.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
