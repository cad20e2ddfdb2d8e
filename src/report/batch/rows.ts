import { printableJson } from "../../bytes/text.js";
import { isoTime, type Micros } from "../../bytes/time.js";
import type { JudgedTunnel, Judgement } from "../../diagnosis/judgement.js";
import { tunnelCells } from "../csv.js";

/** Begins every row, so that a cut one is known too. */
export const ROW_HEAD = '{"schema":"ikescope.batch-row/1"';
/** Names of a tunnel that its other gateway has too; more are of no use to find it. */
const MOST_SPIS = 16;

/** The files of one gateway in one window of time, judged as one capture. */
export interface BatchUnit {
  readonly gateway: string;
  /** The beginning of the window. */
  readonly window: Micros;
  readonly files: readonly string[];
}

/** The name of a unit, the same in every run: gateway and window. */
export function unitName({ gateway, window }: Pick<BatchUnit, "gateway" | "window">): string {
  return `${gateway}@${isoTime(window)}`;
}

/**
 * Rows of a unit by `batch-row.schema.json`: one for each tunnel and finding, then the one of the unit, which says that it is whole.
 * `error`: why the reading ended early; null where it did not.
 */
export function* batchRows(unit: BatchUnit, judgement: Judgement, error: string | null): Generator<string> {
  const { tunnels, findings, observations, status, headline } = judgement;
  const common = { unit: unitName(unit), gateway: unit.gateway, window: isoTime(unit.window) };
  for (const judged of tunnels) {
    yield row({ row: "tunnel", ...common, ...tunnelCells(judged), initiator_spis: spisOf(judged) });
  }
  for (const { code, severity, confidence, provenance, tunnel, phase, headline: text } of findings) {
    yield row({
      row: "finding",
      ...common,
      tunnel,
      code,
      severity,
      confidence,
      provenance,
      phase,
      headline: text,
    });
  }
  yield row({
    row: "unit",
    ...common,
    files: unit.files.length,
    packets: observations.packets,
    tunnels: tunnels.length,
    findings: findings.length,
    status,
    headline,
    error,
  });
}

/** The row of a unit of which nothing can be read. */
export function failedUnit(unit: BatchUnit, error: string): string {
  const common = { unit: unitName(unit), gateway: unit.gateway, window: isoTime(unit.window) };
  const none = { packets: 0, tunnels: 0, findings: 0, status: null, headline: null };
  return row({ row: "unit", ...common, files: unit.files.length, ...none, error });
}

function spisOf({ tunnel }: JudgedTunnel): string[] {
  return [...new Set(tunnel.ikeSas.map(({ initiatorSpi }) => initiatorSpi))].slice(-MOST_SPIS);
}

function row(value: object): string {
  return `${ROW_HEAD},${printableJson(JSON.stringify(value)).slice(1)}\n`;
}
