const PLAIN = /^[A-Za-z0-9_./@:+-]+$/;

/** An argument for a POSIX shell: quoted where it needs to be, and never read as an option. */
function shellArgument(text: string): string {
  const path = text.startsWith("-") ? `./${text}` : text;
  return PLAIN.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/**
 * The command that gives the same report in a terminal. `files` are the dropped files without trust files;
 * line breaks and control characters in a hostile name are replaced, so that pasting cannot run anything.
 */
export function cliLine(files: readonly string[], trust: readonly string[]): string {
  const names = files.map((name) => shellArgument(clean(name)));
  const options = trust.map((name) => `--trust ${shellArgument(clean(name))}`);
  return ["npm run --silent chio -- verify", ...names, ...options].join(" ");
}

function clean(name: string): string {
  return name.replace(/\p{C}/gu, "?");
}
