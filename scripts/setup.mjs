// What every entry point needs before anything is installed: node built-ins only.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const nextBin = join(root, "node_modules/next/dist/bin/next");

process.env.NEXT_TELEMETRY_DISABLED = "1";
// Where the server keeps its data unless it is told: here, wherever the command was given.
process.env.CHIO_HOME ??= root;
// Output is read by scripts and logs as often as by people.
process.env.NO_COLOR = "1";
delete process.env.FORCE_COLOR;

/** Prints to standard error: standard output belongs to the command that was asked for. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

export function fail(line) {
  say(line);
  process.exit(1);
}

/**
 * Runs a program of the project to its end and returns its exit code (128 + n for a signal).
 * `output`: "inherit", or "stderr" to keep standard output clean.
 */
export function run(command, args, { output = "inherit", env = {} } = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", output === "stderr" ? 2 : "inherit", "inherit"],
  });
  if (done.error) fail(`${command} could not be started: ${done.error.message}`);
  return done.status ?? 1;
}

/** Like {@link run}, asynchronous, with the output kept as text as well as shown. */
export function runAndKeep(command, args, { env = {}, show = true } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    const keep = (stream) => (chunk) => {
      text += chunk;
      if (show) stream.write(chunk);
    };
    child.stdout.on("data", keep(process.stdout));
    child.stderr.on("data", keep(process.stderr));
    child.on("error", (problem) => resolve({ code: 1, text: problem.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, text }));
  });
}

/**
 * Starts a server, hands signals on to it, and ends with its exit code.
 * The program is started directly, not through npx, so that the process we hold is the server.
 */
export function serve(args, env = {}) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 0));
}

/** Installs the dependencies of the lock file when they are absent or older than it. */
export function ensureDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
  }
  const installed = join(root, "node_modules/.package-lock.json");
  const wanted = join(root, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs) return;
  if (existsSync(installed) && readStamp("dependencies") === hashOf([wanted])) return;
  say("Installing dependencies (npm ci)…");
  const code = run("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    output: "stderr",
    // A production setting of the caller must not leave the build tools out.
    env: { NODE_ENV: "development" },
  });
  if (code !== 0) fail("The dependencies could not be installed: npm ci failed (see above).");
  writeStamp("dependencies", hashOf([wanted]));
}

/** Folders and files that decide what the production build holds. */
const BUILD_INPUTS = [
  "app",
  "components",
  "kernel",
  "lib",
  "instrumentation.ts",
  "scripts/assets.mjs",
  "scripts/build.mjs",
  "scripts/csp.mjs",
  "scripts/policy.mjs",
  "package-lock.json",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
];

/** Builds the app where it must be, or ends here. */
export function ensureBuild() {
  if (!isBuilt()) fail("The build failed (see above).");
}

/** Builds the app unless the last build was made from the same sources; false when that failed. */
export function isBuilt() {
  const sources = hashOf(filesUnder(BUILD_INPUTS));
  if (existsSync(join(root, ".next/BUILD_ID")) && readStamp("build") === sources) return true;
  say("Building the app…");
  return run(process.execPath, [join(root, "scripts/build.mjs")], { output: "stderr" }) === 0;
}

/** Notes that the build in `.next` was made from the sources as they are now. */
export function stampBuild() {
  writeStamp("build", hashOf(filesUnder(BUILD_INPUTS)));
}

/** A name for this state of the sources: 12 hex digits. */
export function sourceId() {
  return hashOf(filesUnder(BUILD_INPUTS)).slice(0, 12);
}

/** All files under the given paths of the project, sorted, tests left out. */
export function filesUnder(paths) {
  const found = [];
  const walk = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path)) walk(join(path, name));
    } else if (!/\.test\.tsx?$/.test(path)) {
      found.push(path);
    }
  };
  for (const path of paths) walk(join(root, path));
  return found.sort();
}

/** SHA-256 over names and contents, as hex. */
export function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

export function readStamp(name) {
  const path = join(root, ".chio", `${name}.stamp`);
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

export function writeStamp(name, value) {
  mkdirSync(join(root, ".chio"), { recursive: true });
  writeFileSync(join(root, ".chio", `${name}.stamp`), value);
}

const CHROMIUM_NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const CHROMIUM_HELP =
  "No Chromium was found. Install chromium (Debian: apt-get install chromium) or set CHROME_PATH to its program.";

/** Where Chromium is: CHROME_PATH, then the system's, then apt-get as root; otherwise it fails. */
export function findChromium() {
  const given = process.env.CHROME_PATH;
  if (given) {
    if (!isProgram(given)) fail(`CHROME_PATH is ${given}, which is no program that can be run.`);
    return given;
  }
  const present = systemChromium();
  if (present !== null) return present;
  if (process.getuid?.() === 0 && onPath("apt-get") !== null) {
    say("Installing Chromium (apt-get)…");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    run("apt-get", ["update", "-qq"], { output: "stderr", env });
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      output: "stderr",
      env,
    });
    const installed = systemChromium();
    if (installed !== null) return installed;
  }
  return fail(CHROMIUM_HELP);
}

function systemChromium() {
  for (const name of CHROMIUM_NAMES) {
    const path = onPath(name);
    if (path !== null) return path;
  }
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return isProgram(mac) ? mac : null;
}

function onPath(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/snap/bin"];
  for (const folder of folders) {
    const path = join(folder, name);
    if (folder !== "" && isProgram(path)) return path;
  }
  return null;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
