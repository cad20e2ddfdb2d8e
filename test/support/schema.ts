import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import type { Judgement } from "../../src/index.js";
import { toReport } from "../../src/index.js";

const validate = validatorOf("report");
const validateEvent = validatorOf("live-event");
const validatePublished = validatorOf("published-event");
const validateFleet = validatorOf("fleet");

function validatorOf(name: string) {
  return new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(committedSchema(name));
}

/** A schema of the package, such as "report". */
export function committedSchema(name: string): Record<string, Record<string, object>> {
  const url = new URL(`../../src/report/${name}.schema.json`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as Record<string, Record<string, object>>;
}

/** What the committed schema has against the report of a judgement; empty where it is valid. */
export function schemaFaults(judgement: Judgement): string[] {
  return faultsOf(toReport(judgement, "0.0.0"));
}

/** The same for a report that was already made, as the command prints it. */
export function faultsOf(report: unknown): string[] {
  return errorsOf(validate, report);
}

/** What the schema of live events has against a line of them. */
export function eventFaultsOf(line: string): string[] {
  return errorsOf(validateEvent, JSON.parse(line));
}

/** Faults of a line by the schema of published events. */
export function publishedFaultsOf(line: string): string[] {
  return errorsOf(validatePublished, JSON.parse(line));
}

/** Faults of a judgement over several gateways, as JSON, by its schema. */
export function fleetFaultsOf(json: string): string[] {
  return errorsOf(validateFleet, JSON.parse(json));
}

function errorsOf(validator: ValidateFunction, data: unknown): string[] {
  if (validator(data)) return [];
  return (validator.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? "?"}`);
}
