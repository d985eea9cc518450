import { tableFromIPC } from "apache-arrow";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, it } from "vitest";
import { Database } from "@/lib/database/database.ts";
import { pollingEngine } from "@/lib/database/testing/polling-engine.ts";
import { streamStatement } from "@/lib/database/user-query.ts";
import { arrowEncoder } from "./arrow.ts";
import { csvEncoder } from "./csv.ts";
import type { Encoder, EncoderMaker } from "./encoder.ts";
import { ndjsonEncoder } from "./ndjson.ts";
import { parquetEncoder } from "./parquet.ts";

const ROWS = 6_000;
const VALUES = `select
  18446744073709551615::ubigint - range::ubigint as big,
  range::integer - 5 as small,
  (range % 256)::utinyint as octet,
  case when range % 3 = 0 then null else range * 0.5 end::double as half,
  range % 2 = 0 as even,
  (range * 1.25)::decimal(12, 2) as money,
  170141183460469231731687303715884105727 - range as wide,
  date '2026-01-01' + (range % 400)::integer as day,
  timestamp '2026-01-01 00:00:00.000001' + to_seconds(range) as moment,
  case range % 4 when 0 then '=1+1, "x"' when 1 then null when 2 then '' else 'é' || chr(10) || range end as words,
  [range, 1] as list,
  range as "dup",
  range + 1 as "DUP"
from range(${ROWS})`;

describe("the exports of a result", () => {
  let database: Database;
  beforeAll(async () => {
    database = await Database.lay(await pollingEngine());
  });

  it("hold every row in CSV, values as they are", async () => {
    const lines = new TextDecoder().decode(await write(database, csvEncoder)).split("\r\n");
    expect(lines[0]).toBe("big,small,octet,half,even,money,wide,day,moment,words,list,dup,DUP_1");
    expect(lines[1]).toBe(
      '18446744073709551615,-5,0,,true,0.00,170141183460469231731687303715884105727,2026-01-01,2026-01-01 00:00:00.000001,"=1+1, ""x""","[0, 1]",0,1',
    );
    expect(lines[3]?.split(",")[9]).toBe('""');
    expect(lines).toHaveLength(ROWS + 2);
  });

  it("hold every digit in NDJSON", async () => {
    const lines = new TextDecoder().decode(await write(database, ndjsonEncoder)).split("\n");
    expect(lines[1]).toBe(
      '{"big":18446744073709551614,"small":-4,"octet":1,"half":0.5,"even":false,"money":1.25,"wide":170141183460469231731687303715884105726,"day":"2026-01-02","moment":"2026-01-01 00:00:01.000001","words":null,"list":"[1, 1]","dup":1,"DUP_1":2}',
    );
    expect(lines.filter((line) => line !== "").map((line) => JSON.parse(line))).toHaveLength(ROWS);
  });

  it("are read back from Arrow with their types", async () => {
    const table = tableFromIPC(await write(database, arrowEncoder));
    expect(table.numRows).toBe(ROWS);
    expect(table.schema.fields.map(({ type }) => String(type)).slice(0, 6)).toEqual([
      "Uint64",
      "Int32",
      "Uint8",
      "Float64",
      "Bool",
      "Utf8",
    ]);
    const last = table.get(ROWS - 1);
    expect(last?.["big"]).toBe(18446744073709551615n - BigInt(ROWS - 1));
    expect(last?.["even"]).toBe(false);
    expect(last?.["words"]).toBe(`é\n${ROWS - 1}`);
    expect(table.getChild("half")?.get(0)).toBeNull();
    expect(table.getChild("wide")?.get(0)).toBe("170141183460469231731687303715884105727");
  });

  it("are read back from Parquet with their types, over several row groups", async () => {
    const { buffer } = await write(database, parquetEncoder);
    const metadata = parquetMetadata(buffer);
    expect(metadata.row_groups.length).toBeGreaterThan(1);
    expect(Number(metadata.num_rows)).toBe(ROWS);
    const rows = await parquetReadObjects({ file: buffer });
    expect(rows).toHaveLength(ROWS);
    expect(rows[1]).toEqual({
      big: 18446744073709551614n,
      small: -4,
      octet: 1,
      half: 0.5,
      even: false,
      money: 1.25,
      wide: "170141183460469231731687303715884105726",
      day: new Date("2026-01-02"),
      moment: new Date("2026-01-01T00:00:01.000Z"),
      words: null,
      list: "[1, 1]",
      dup: 1n,
      DUP_1: 2n,
    });
    expect(rows[0]?.["half"]).toBeNull();
    expect(rows.at(-1)?.["big"]).toBe(18446744073709551615n - BigInt(ROWS - 1));
  });

  it.each([csvEncoder, ndjsonEncoder, arrowEncoder, parquetEncoder])(
    "are files even where there is no row: %o",
    async (maker) => {
      const bytes = await write(database, maker, "select 1 as a where false");
      switch (maker) {
        case csvEncoder:
          expect(new TextDecoder().decode(bytes)).toBe("a\r\n");
          break;
        case ndjsonEncoder:
          expect(bytes).toHaveLength(0);
          break;
        case arrowEncoder:
          expect(tableFromIPC(bytes).numRows).toBe(0);
          break;
        default:
          expect(await parquetReadObjects({ file: bytes.buffer })).toEqual([]);
      }
    },
  );
});

async function write(
  database: Database,
  make: EncoderMaker,
  text = VALUES,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let encoder: Encoder | null = null;
  const problem = await streamStatement(
    database,
    text,
    new AbortController().signal,
    (columns) => {
      encoder = make(columns);
    },
    (chunk) => {
      pieces.push(...(encoder?.chunk(chunk) ?? []));
    },
  );
  expect(problem).toBeNull();
  const made: Encoder | null = encoder;
  pieces.push(...(made === null ? [] : endOf(made)));
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

function endOf(encoder: Encoder): readonly Uint8Array<ArrayBuffer>[] {
  return encoder.end();
}
