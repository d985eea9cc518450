import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { canonicalize } from "@/kernel/json/canonicalize.ts";
import type { JsonValue } from "@/kernel/json/value.ts";
import { readVector, vectorsDirectory } from "@/kernel/testing/vectors.ts";

const FOLDER = "schemas/chio-http/v1";

/** What the published schema of that name says is wrong with a value; empty where nothing is. */
export type Validate = (schema: string, value: JsonValue) => readonly string[];

/** A validator over the published schemas of the sidecar; null where the vectors are absent. */
export function sidecarSchemas(): Validate | null {
  const directory = vectorsDirectory();
  if (directory === null) {
    return null;
  }
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  for (const name of readdirSync(join(directory, FOLDER))) {
    // They refer to each other by file name.
    ajv.addSchema(JSON.parse(readVector(`${FOLDER}/${name}`)), name);
  }
  return (schema, value) => {
    const check = ajv.getSchema(`${schema}.schema.json`);
    if (check === undefined) {
      throw new Error(`There is no schema ${schema}`);
    }
    check(JSON.parse(canonicalize(value)));
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
