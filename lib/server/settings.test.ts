import { expect, test } from "vitest";
import { describeProblems, readSettings } from "./settings.ts";

const read = (environment: Readonly<Record<string, string>>) =>
  readSettings({ directory: "/srv", environment });

test("has a default for everything", () => {
  expect(read({})).toEqual({
    ok: true,
    value: {
      dataDirectory: "/srv/.chio/server",
      policyFile: null,
      toolServersFile: null,
      dispatchTimeoutMilliseconds: 30_000,
      trustedIssuers: [],
      allowedHosts: [],
      controlToken: null,
      receiptForm: "v1",
      keys: "separate",
      checkpointEvery: 100,
      checkpointSeconds: 5,
      maxCapabilityTtl: 86_400,
      evaluateRate: 5000,
    },
  });
});

test("the data is where the project is, unless somebody says where", () => {
  const home = { CHIO_HOME: "/opt/chio" };
  expect(read(home)).toMatchObject({ value: { dataDirectory: "/opt/chio/.chio/server" } });
  expect(read({ ...home, CHIO_DATA_DIR: "data" })).toMatchObject({
    value: { dataDirectory: "/srv/data" },
  });
});

test("paths start where the caller is; lists are split; white space is no value", () => {
  const settings = read({
    CHIO_DATA_DIR: "data",
    CHIO_POLICY: "/etc/policy.yaml",
    CHIO_TOOL_SERVERS: " ",
    CHIO_TRUSTED_ISSUERS: "aa, bb,,",
    CHIO_ALLOWED_HOSTS: "Kernel.Example:8443",
    CHIO_RECEIPT_FORM: "pre-v1",
    CHIO_KEYS: "single",
  });
  expect(settings).toMatchObject({
    value: {
      dataDirectory: "/srv/data",
      policyFile: "/etc/policy.yaml",
      toolServersFile: null,
      trustedIssuers: ["aa", "bb"],
      allowedHosts: ["kernel.example:8443"],
      receiptForm: "pre-v1",
      keys: "single",
    },
  });
});

test.each([
  ["CHIO_CHECKPOINT_EVERY", "0", "out-of-range"],
  ["CHIO_CHECKPOINT_EVERY", "10001", "out-of-range"],
  ["CHIO_CHECKPOINT_SECONDS", "3601", "out-of-range"],
  ["CHIO_DISPATCH_TIMEOUT_MS", "1.5", "not-a-number"],
  ["CHIO_DISPATCH_TIMEOUT_MS", "600001", "out-of-range"],
  ["CHIO_MAX_CAPABILITY_TTL", "-1", "not-a-number"],
  ["CHIO_EVALUATE_RATE", "1e3", "not-a-number"],
  ["CHIO_RECEIPT_FORM", "v2", "not-a-choice"],
  ["CHIO_KEYS", "many", "not-a-choice"],
  ["CHIO_CONTROL_TOKEN", "a".repeat(31), "too-short"],
  ["CHIO_ALLOWED_HOSTS", "http://kernel.example", "not-a-name"],
])("%s=%s is %s", (name, value, code) => {
  const settings = read({ [name]: value });
  expect(settings).toMatchObject({ ok: false, error: [{ code, name }] });
});

test.each([
  ["CHIO_CHECKPOINT_EVERY", "1"],
  ["CHIO_CHECKPOINT_EVERY", "10000"],
  ["CHIO_CONTROL_TOKEN", "a".repeat(32)],
])("%s=%s is in range", (name, value) => {
  expect(read({ [name]: value }).ok).toBe(true);
});

test("all problems come at once, and no value with them", () => {
  const settings = read({ CHIO_CONTROL_TOKEN: "hunter2", CHIO_KEYS: "many" });
  const text = settings.ok ? "" : describeProblems(settings.error);
  expect(text.split("\n")).toHaveLength(2);
  expect(text).not.toContain("hunter2");
});
