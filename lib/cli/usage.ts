/** What `chio` can do, a screen at a time. */
export const USAGE = `usage: chio verify PATH... [--trust FILE] [--read-as FORM] [--json]
       chio check --capability FILE --request FILE [--policy FILE] [--trust FILE]
                  [--at UNIX_SECONDS] [--json]
       chio receipt chain|list|show|explain|verify ... (chio receipt --help says more)
       chio rules run RULES PATH... [--trust FILE] [--json] (chio rules --help says more)
       chio serve [--port N] [--host ADDRESS] [--data DIR] [--policy FILE]

chio verify: do these records verify?
  PATH          a file, a folder (read to its end) or - for standard input
  --trust       a trust file: its keys are pinned
  --read-as     how records were exported (kcat-text, console-consumer, rpk, ...); without it,
                by what a file looks like. A name that is none lists them all
  --json        one JSON document instead of text

chio check: would this call be allowed?
  --capability  a token, - for standard input, or the word none
  --request     the call: agent_id, server_id, tool_name, arguments
  --policy      chio.yaml or HushSpec; without it, the defaults
  --trust       a trust file with the capability authorities; without it, the token's own issuer
  --at          the time to judge at; without it, now

chio serve: judge calls over HTTP and keep their receipts, until it is told to end
  --port        3000 unless told
  --host        127.0.0.1 unless told; another one needs CHIO_ALLOWED_HOSTS
  --data        stores and keys; .chio/server unless told
  --policy      chio.yaml or HushSpec; without it, the defaults

exit: 0 nothing fails or allow, 1 does not verify, 2 usage, unusable input or nothing checked, 3 deny,
      4 a rule fired
`;

export const RECEIPT_USAGE = `usage: chio receipt chain ID [--direction forward|backward|both] [--depth N] PATH...
       chio receipt show ID PATH...
       chio receipt explain ID [--depth 8] [--fanout-limit 32] [--tenant T | --admin-all] PATH...
       chio receipt verify ID PATH...
       chio receipt list [--capability ID] [--tool-server NAME] [--tool-name NAME]
                  [--outcome allow|deny|cancelled|incomplete] [--since S] [--until S]
                  [--min-cost N] [--max-cost N] [--limit 50] [--cursor N]
                  [--tenant T | --admin-all] PATH...

  ID            a receipt's id or alias, or at least 6 characters of its beginning
  PATH          a file, a folder (read to its end), a store, or - for standard input;
                --receipt-db PATH is another way to say it
  --trust       a trust file: its keys are pinned (all but list)
  --json        one JSON document instead of text; list always writes JSON
  --            ends the options: what follows is an ID or a PATH

chio receipt chain: what did it bring about (forward), what brought it about (backward)?
  --depth       steps from the receipt; without it, to the end
chio receipt show: the receipt as it stands in its file, its state and its place
chio receipt explain: identity, decision, scope, causes, witness and repair, a line each
  --depth, --fanout-limit   how far and how wide causes are listed
chio receipt verify: does this one receipt verify, beside everything else that is named?
chio receipt list: one receipt a line; verifies nothing. All filters must hold.
  --since, --until          Unix seconds, both inclusive
  --min-cost, --max-cost    minor units; receipts without a cost are left out
  --limit, --cursor         a page; where more follow, standard error says
                            next_cursor=N total_count=N. The cursor is the store's number where
                            each receipt has one of its own, else the place in the files
  --tenant      only this tenant; without it, every tenant: the files are yours

exit: 0 nothing shown fails, 1 a receipt that is shown does not verify,
      2 usage, no such receipt, unusable input or (verify) nothing could be checked
`;

export const RULES_USAGE = `usage: chio rules run RULES PATH... [--trust FILE] [--read-as FORM]
                  [--evidence verified|signed|everything] [--all] [--json]
       chio rules check RULES [--json]
       chio rules export [--sigma] RULES

  RULES         a rules file of this app (JSON or YAML), or Sigma; - for standard input
  PATH          a file, a folder (read to its end), a store, or - for standard input

chio rules run: when would these rules have fired?
  --trust       a trust file: its keys are pinned
  --read-as     as what exported records are read, where the guess is wrong
  --evidence    what counts, in place of what each rule says: denials signed by a pinned key;
                with a signature that fits; or all but what does not verify, claims too
  --all         also rules that are switched off
  --json        one JSON document (chio-explorer.alerts.v1) instead of text
chio rules check: can these rules be run? Lists them, or every problem with its place
  --json        the rules in the app's own form
chio rules export: the same rules in the app's own form
  --sigma       as Sigma correlation rules; what Sigma cannot say is named

exit: 0 nothing fired, 2 usage, unusable input, nothing checked, or a rule that Sigma cannot say,
      4 a rule fired
`;
