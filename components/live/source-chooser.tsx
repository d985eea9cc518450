"use client";

import { FileClock, Server } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { fieldStyle } from "@/components/rules/field-style.ts";
import { Button } from "@/components/ui/button.tsx";
import { Card } from "@/components/ui/card.tsx";
import { plural } from "@/lib/display/numbers.ts";
import { pinnedKeyCount } from "@/lib/display/trust-words.ts";
import { currentLive } from "@/lib/live/current-live.ts";
import { canWatchFiles, pickFileToWatch } from "@/lib/live/pick-file.ts";
import { tailAddress } from "@/lib/live/server-tail.ts";
import { useRules } from "@/lib/queries/rules.ts";
import { useSession } from "@/lib/queries/session.ts";

/** Nothing is live yet: what could be, and what that would read or ask. */
export function SourceChooser(): ReactNode {
  const keys = useSession(({ trust }) => pinnedKeyCount(trust));
  const rules = useRules().filter(({ isEnabled }) => isEnabled).length;
  return (
    <div className="mx-auto flex w-full max-w-[980px] flex-col gap-3 px-[18px] py-6 max-sm:px-3">
      <h1 className="font-semibold text-20 tracking-[-0.01em]">Live</h1>
      <p className="max-w-[72ch] text-14 text-fact">
        Off. Rows verify as they arrive, and the rules that are on are evaluated over them. Nothing
        is read and nothing is asked of a network until you choose a source.
      </p>
      <p className="text-13 text-muted">
        {keys === 0
          ? "No key is pinned: rows will be self-consistent at best."
          : `Judged by ${plural(keys, "pinned key")}.`}{" "}
        {rules === 0 ? "No rule is on." : `${plural(rules, "rule")} on.`}
      </p>
      <div className="grid gap-3 md:grid-cols-2">
        <WatchCard />
        <ServerCard />
      </div>
    </div>
  );
}

function WatchCard(): ReactNode {
  const [fromStart, setFromStart] = useState(true);
  const [canWatch, setCanWatch] = useState(true);
  const [problem, setProblem] = useState("");
  useEffect(() => setCanWatch(canWatchFiles()), []);
  const watch = async () => {
    try {
      const handle = await pickFileToWatch();
      if (handle !== null) currentLive().watch(handle, fromStart);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="flex items-center gap-2 font-semibold text-14">
        <FileClock aria-hidden size={16} />
        Watch a file on this machine
      </h2>
      <p className="text-13 text-fact">
        A log that grows: receipts, dead letters or exported records, a line each. Only what is
        added is read. It stays on this machine.
      </p>
      {canWatch ? (
        <>
          <Choice
            legend="Where to begin"
            isFirst={fromStart}
            first="With what is in it"
            second="Only what is added from now on"
            onChange={setFromStart}
          />
          <Button variant="primary" className="self-start" onPress={() => void watch()}>
            Choose a file to watch
          </Button>
        </>
      ) : (
        <p className="rounded-card bg-unchecked-tint p-3 text-13">
          This browser cannot watch a file. Drop it on any page instead, and again when it has
          grown: each time it is read as it is then.
        </p>
      )}
      {problem === "" ? null : (
        <p role="alert" className="text-13 text-fact">
          {problem}
        </p>
      )}
    </Card>
  );
}

function ServerCard(): ReactNode {
  const [fromStart, setFromStart] = useState(true);
  const [origin, setOrigin] = useState<string | null>(null);
  const [since, setSince] = useState(0);
  const [isEmpty, setEmpty] = useState(true);
  const token = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(() => setOrigin(window.location.origin), []);
  const url = origin === null ? "" : tailAddress(origin, fromStart ? null : since);
  const connect = () => {
    const field = token.current;
    const given = field?.value.trim() ?? "";
    if (field === null || given === "") return;
    // It is not kept: neither here nor in any store of this browser.
    field.value = "";
    currentLive().tail(url, given);
  };
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="flex items-center gap-2 font-semibold text-14">
        <Server aria-hidden size={16} />
        Follow this server’s own log
      </h2>
      <p className="text-13 text-fact">
        The receipts that the server of this page writes. This is the one thing here that asks a
        network; the ledger counts it as asked by you.
      </p>
      <Choice
        legend="Where to begin in the log"
        isFirst={fromStart}
        first="With its first receipt"
        second="Only from now on"
        onChange={(first) => {
          setFromStart(first);
          setSince(Math.floor(Date.now() / 1000));
        }}
      />
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          connect();
        }}
      >
        <div>
          <p className="text-12 text-muted">Asked once a second, and faster while behind</p>
          <code className="block rounded-control bg-sunken px-2 py-1 text-12 [overflow-wrap:anywhere]">
            GET {url}
          </code>
        </div>
        <label htmlFor={id} className="text-13 text-fact">
          Control token
        </label>
        <input
          ref={token}
          id={id}
          type="password"
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-note`}
          onChange={(event) => setEmpty(event.target.value.trim() === "")}
          className={fieldStyle("w-full font-mono text-12!")}
        />
        <p id={`${id}-note`} className="text-12 text-muted">
          The file <code>control-token</code> in the server’s data directory. It is sent with each
          request, is not stored, and is never shown again.
        </p>
        <Button type="submit" variant="primary" className="self-start" isDisabled={isEmpty}>
          Connect
        </Button>
      </form>
    </Card>
  );
}

interface ChoiceProps {
  readonly legend: string;
  readonly isFirst: boolean;
  readonly first: string;
  readonly second: string;
  readonly onChange: (isFirst: boolean) => void;
}

function Choice({ legend, isFirst, first, second, onChange }: ChoiceProps): ReactNode {
  const name = useId();
  return (
    <fieldset className="flex flex-col">
      <legend className="sr-only">{legend}</legend>
      {[true, false].map((each) => (
        <label
          key={String(each)}
          className="flex min-h-7 cursor-pointer items-center gap-2 text-13 max-sm:min-h-9"
        >
          <input
            type="radio"
            name={name}
            checked={each === isFirst}
            onChange={() => onChange(each)}
            className="size-3.5 accent-ink"
          />
          {each ? first : second}
        </label>
      ))}
    </fieldset>
  );
}
