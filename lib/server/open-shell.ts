import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { LoadedPolicy } from "@/kernel/evaluation/model.ts";
import { mapMemory } from "@/kernel/guards/memory.ts";
import type { Primitives } from "@/kernel/primitives.ts";
import { err, ok, type Result } from "@/kernel/result.ts";
import { nodePrimitives, opensslVerify } from "@/lib/node/crypto.ts";
import type { Dispatcher } from "./dispatch/dispatcher.ts";
import { mcpDispatcher } from "./dispatch/mcp.ts";
import { openEmergencyStop } from "./emergency-stop.ts";
import { door } from "./http/door.ts";
import { DEFAULT_LIMITS, type HttpLimits } from "./http/limits.ts";
import { rateLimiter } from "./http/rate-limit.ts";
import { openIssuedStore, revokedWithOrigins } from "./issuance/issued-store.ts";
import type { KernelShell } from "./kernel-shell.ts";
import { type ControlToken, controlToken, openControlToken } from "./keys/control-token.ts";
import { type Keyring, openKeyring } from "./keys/keyring.ts";
import { nodeSigner, SEED_LENGTH } from "./keys/signer.ts";
import { lineageOf } from "./lineage.ts";
import type { LiveParts } from "./live/model.ts";
import { evidenceExport } from "./log/evidence-export.ts";
import { type DirectoryLock, type LockProblem, lockDirectory } from "./log/lock-file.ts";
import { type OpenLog, openLog } from "./log/open-log.ts";
import type { Settings } from "./settings.ts";
import { type Plan, planOf, type StartProblem } from "./start-plan.ts";
import { steadyClock } from "./steady-clock.ts";
import { RECEIPT_STORE } from "./store/receipt-store.ts";
import { watchedLog } from "./watched-log.ts";

export interface OpenShellOptions {
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Tells the operator of a bug or of a part that does not answer. */
  readonly report: (problem: unknown) => void;
  /** Unix milliseconds; the system's clock when absent. */
  readonly clock?: () => bigint;
  /** Replaces some of the limits: a test cannot wait for a minute. */
  readonly limits?: Partial<HttpLimits>;
}

const VERSION = "1.0.0";

/**
 * Opens the kernel of this process: settings understood first, then the data directory taken, then everything in
 * it. Any problem and there is no server: one that runs with less than it was told to enforce is worse.
 */
export async function openKernelShell(
  options: OpenShellOptions,
): Promise<Result<KernelShell, StartProblem>> {
  const primitives = nodePrimitives();
  const plan = planOf(options.settings, primitives);
  if (!plan.ok) {
    return plan;
  }
  const { dataDirectory } = options.settings;
  const lock = lockDirectory(dataDirectory);
  if (!lock.ok) {
    return err(lockProblem(lock.error));
  }
  try {
    const opened = await openUnderLock(options, plan.value, lock.value, primitives);
    if (!opened.ok) {
      lock.value.release();
    }
    return opened;
  } catch (problem) {
    lock.value.release();
    const why = problem instanceof Error ? problem.message : "unknown problem";
    return err({ code: "data-refused", message: `${dataDirectory} cannot be opened: ${why}.` });
  }
}

function lockProblem(problem: LockProblem): StartProblem {
  if (problem.kind === "open-to-all") {
    const message = `Anyone may write in ${problem.path}: take that right away (chmod o-w).`;
    return { code: "directory-open-to-all", message };
  }
  const holder = problem.pid === null ? "another process" : `process ${problem.pid}`;
  return { code: "directory-held", message: `${problem.path} is held by ${holder}.` };
}

async function openUnderLock(
  options: OpenShellOptions,
  plan: Plan,
  lock: DirectoryLock,
  primitives: Primitives,
): Promise<Result<KernelShell, StartProblem>> {
  const { settings, report } = options;
  const { dataDirectory: directory } = settings;
  const clock = steadyClock(options.clock ?? (() => BigInt(Date.now())));
  const now = (): bigint => clock() / 1000n;
  const { environment } = options;
  const keyring = openKeyring({ directory, mode: settings.keys, environment, now, primitives });
  if (!keyring.ok) {
    const { kind, place } = keyring.error;
    return err({ code: "key-refused", message: `${place}: ${kind}.` });
  }
  const token = tokenOf(settings);
  if (!token.ok) {
    return token;
  }
  const log = openLog({
    directory,
    signer: keyring.value.signer("checkpoint"),
    primitives,
    now,
    checkpointEvery: settings.checkpointEvery,
    checkpointWithin: settings.checkpointSeconds * 1000,
  });
  const dispatcher =
    plan.toolServers === null
      ? null
      : await mcpDispatcher(plan.toolServers, {
          timeoutMilliseconds: settings.dispatchTimeoutMilliseconds,
          report: (serverId) => report(new Error(`tool server ${serverId} is out of reach`)),
        });
  return ok(
    assemble({ ...options, clock }, plan, {
      lock,
      keyring: keyring.value,
      token: token.value,
      log,
      dispatcher,
      primitives,
    }),
  );
}

interface Opened {
  readonly lock: DirectoryLock;
  readonly keyring: Keyring;
  readonly token: ControlToken;
  readonly log: OpenLog;
  readonly dispatcher: Dispatcher | null;
  readonly primitives: Primitives;
}

function assemble(
  options: OpenShellOptions & Required<Pick<OpenShellOptions, "clock">>,
  plan: Plan,
  opened: Opened,
): KernelShell {
  const { settings, report, clock } = options;
  const { keyring, log, dispatcher, primitives } = opened;
  const { dataDirectory: directory } = settings;
  const now = (): bigint => clock() / 1000n;
  const issued = openIssuedStore(directory);
  const emergency = openEmergencyStop(directory);
  const watched = watchedLog(log.log);
  const limits: HttpLimits = { ...limitsOf(settings), ...options.limits };
  const live: LiveParts = {
    policy: plan.policy,
    trustedIssuers: () => new Set([...authorities(keyring, settings, now()), ...plan.issuers]),
    isRevoked: revokedWithOrigins(log.revocations.isRevoked, issued),
    lineage: lineageOf(log.lineage),
    takeNonce: (key, expiresAt, at) => log.nonces.take(key, expiresAt, at),
    budgets: log.book,
    memory: mapMemory(),
    dispatcher,
    emergencyStop: () => emergency.state()?.reason ?? null,
    signer: () => keyring.signer("kernel"),
    receiptForm: settings.receiptForm,
    log: watched.log,
    clock,
    verify: opensslVerify(),
    primitives,
    report,
  };
  return {
    controlToken: opened.token,
    allowedHosts: new Set(settings.allowedHosts),
    limits,
    rate: rateLimiter(limits.rates),
    door: door(limits.inFlight),
    report,
    version: VERSION,
    live,
    demoSigner: nodeSigner(new Uint8Array(randomBytes(SEED_LENGTH))),
    keyring,
    issued,
    maxTtl: maxTtlOf(settings, plan.policy),
    receipts: log.receipts,
    revocations: log.revocations,
    lineage: log.lineage,
    emergency,
    health() {
      if (!watched.isWell()) {
        return "unhealthy";
      }
      const troubled = emergency.state() !== null || log.checkpointer.problem !== null;
      return troubled ? "degraded" : "healthy";
    },
    evidence() {
      log.checkpointer.checkpointNow();
      return evidenceExport({
        path: join(directory, RECEIPT_STORE),
        now: now(),
        primitives,
      });
    },
    async close() {
      try {
        await dispatcher?.close();
      } finally {
        await log.close();
        issued.close();
        opened.lock.release();
      }
    },
  };
}

function tokenOf({
  controlToken: given,
  dataDirectory,
}: Settings): Result<ControlToken, StartProblem> {
  if (given !== null) {
    return ok(controlToken(given));
  }
  const token = openControlToken(dataDirectory);
  return token.ok
    ? token
    : err({ code: "token-refused", message: `${token.error.path}: ${token.error.kind}.` });
}

function limitsOf({ evaluateRate, dispatchTimeoutMilliseconds }: Settings): HttpLimits {
  const { rates, answerMilliseconds } = DEFAULT_LIMITS;
  return {
    ...DEFAULT_LIMITS,
    // A call that times out still needs its receipt signed and stored.
    answerMilliseconds: answerMilliseconds + dispatchTimeoutMilliseconds,
    rates: { ...rates, evaluate: { perSecond: evaluateRate, burst: 2 * evaluateRate } },
  };
}

/**
 * Keys that issue tokens here, and retired ones for as long as a token that they issued in their time can live:
 * whoever gets hold of an old key later can date a token back, and must gain nothing by it.
 */
function authorities(
  keyring: Keyring,
  { maxCapabilityTtl }: Settings,
  now: bigint,
): readonly string[] {
  return keyring
    .records()
    .filter(
      ({ role, retiredAt }) =>
        role === "capability_authority" &&
        (retiredAt === null || now < retiredAt + BigInt(maxCapabilityTtl)),
    )
    .map(({ key }) => key);
}

/** The shorter of the two limits; a token that the policy would deny is not issued. */
function maxTtlOf({ maxCapabilityTtl }: Settings, { effective }: LoadedPolicy): bigint {
  const ours = BigInt(maxCapabilityTtl);
  const policys = effective.kernel.maxCapabilityTtl;
  return policys !== null && policys < ours ? policys : ours;
}
