import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { Judgement } from "../../src/index.js";
import { toReport } from "../../src/index.js";

const schema: unknown = JSON.parse(
  readFileSync(new URL("../../src/report/report.schema.json", import.meta.url), "utf8"),
);
const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(schema as object);

/** What the committed schema has against the report of a judgement; empty where it is valid. */
export function schemaFaults(judgement: Judgement): string[] {
  return faultsOf(toReport(judgement, "0.0.0"));
}

/** The same for a report that was already made, as the command prints it. */
export function faultsOf(report: unknown): string[] {
  if (validate(report)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? "?"}`);
}
