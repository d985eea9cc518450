import type { Recipe } from "./recipes.ts";

export const RECEIPTS_RECIPES: readonly Recipe[] = [
  {
    id: "coverage",
    title: "Offsets without a receipt",
    note: "Holes in a topic's offsets, as far as they can be seen",
    sql: `-- Offsets that advanced without a receipt between them. Other groups' events leave holes too.
with seen as (
  select distinct topic, source_partition, source_offset
  from receipts
  where source_offset is not null
), steps as (
  select
    topic,
    source_partition,
    source_offset,
    lead(source_offset) over (partition by topic, source_partition order by source_offset) as next
  from seen
)
select
  topic,
  source_partition,
  source_offset + 1 as first_absent,
  next - 1 as last_absent,
  next - source_offset - 1 as absent
from steps
where next > source_offset + 1
order by absent desc;
`,
  },
  {
    id: "integrity",
    title: "What the check found",
    note: "Receipts by their state",
    sql: `-- The state of every receipt, counted once however many copies there are.
select integrity, decision, count(*) as receipts
from receipts
where copy_of is null
group by all
order by receipts desc;
`,
  },
  {
    id: "failing-by-key",
    title: "What does not verify, by key",
    note: "Which kernel the receipts name",
    sql: `-- Receipts whose signature or content does not fit, by the key that they name.
select
  kernel_key,
  count(*) as receipts,
  count(*) filter (integrity = 'does-not-verify') as does_not_verify,
  count(*) filter (integrity = 'verified') as verified
from receipts
group by kernel_key
order by does_not_verify desc, receipts desc;
`,
  },
  {
    id: "hourly-rate",
    title: "Receipts per hour",
    note: "Allowed and denied",
    sql: `-- Draw it: line, x hour, y receipts, colour decision.
select
  to_timestamp(timestamp - timestamp % 3600)::timestamp as hour,
  decision,
  count(*) as receipts
from receipts
where copy_of is null and timestamp is not null
group by all
order by hour, decision;
`,
  },
  {
    id: "tools",
    title: "Tools",
    note: "How often each was asked for, and refused",
    sql: `-- Every tool by server.
select
  tool_server,
  tool_name,
  count(*) as receipts,
  count(*) filter (decision = 'deny') as denied,
  count(distinct agent) as agents
from receipts
where copy_of is null
group by all
order by receipts desc;
`,
  },
  {
    id: "findings-by-code",
    title: "Findings by code",
    note: "Causes and what follows from them",
    sql: `-- A finding without a cause is one itself.
select
  code,
  severity,
  count(*) as findings,
  count(*) filter (cause = '') as causes,
  min(subject) as for_example
from findings
group by all
order by severity, findings desc;
`,
  },
  {
    id: "checkpoint-gaps",
    title: "Checkpoints and gaps",
    note: "Where one does not begin at the end of the one before",
    sql: `-- Per key: checkpoints in order, with the numbers that are absent before each.
with ordered as (
  select
    kernel_key,
    checkpoint_seq,
    first_seq,
    last_seq,
    lag(last_seq) over (partition by kernel_key order by checkpoint_seq) as before
  from checkpoints
)
select
  kernel_key,
  checkpoint_seq,
  first_seq,
  last_seq,
  case when before is not null and first_seq > before + 1 then first_seq - before - 1 else 0 end
    as absent_before
from ordered
order by kernel_key, checkpoint_seq;
`,
  },
  {
    id: "fan-out",
    title: "Causes with most consequences",
    note: "Direct links only",
    sql: `-- Receipts by how many others name them as their cause.
select
  parent_id,
  min(parent_tool) as tool,
  min(parent_decision) as decision,
  count(*) as consequences,
  count(*) filter (child_decision = 'deny') as denied
from edges
where sources <> 'delegation'
group by parent_id
order by consequences desc, parent_id;
`,
  },
  {
    id: "roots",
    title: "Root causes",
    note: "Receipts that nothing led to and that led to something",
    sql: `-- A root has consequences and no cause of its own.
select
  edges.parent_id as root,
  min(edges.parent_tool) as tool,
  count(*) as consequences
from edges
where edges.sources <> 'delegation'
  and edges.parent_id not in (select child_id from edges where sources <> 'delegation')
group by edges.parent_id
order by consequences desc;
`,
  },
  {
    id: "guards-ran",
    title: "Guards that ran",
    note: "How often each passed and decided",
    sql: `-- What the receipts say of each guard.
select
  guard,
  count(*) as runs,
  count(*) filter (passed) as passed,
  count(*) filter (not passed) as refused,
  count(*) filter (decided) as decided
from guards
group by guard
order by runs desc;
`,
  },
  {
    id: "alerts",
    title: "Alerts",
    note: "What the rules fired at",
    sql: `-- Rules that are switched on, with what was held back.
select
  name,
  severity,
  count(*) as alerts,
  sum(held) as held_back,
  to_timestamp(min(fired_at))::timestamp as first_fired,
  to_timestamp(max(fired_at))::timestamp as last_fired
from alerts
group by all
order by alerts desc;
`,
  },
  {
    id: "files",
    title: "Files",
    note: "What was read, and what was not understood",
    sql: `-- Every file with the SHA-256 of its octets.
select file, recognised_as, rows, rejected, sha256
from files
order by file;
`,
  },
];
