import { say, type Message } from "../../texts/message.js";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { systemReason } from "../../capture/node/system-error.js";
import type { Micros } from "../../bytes/time.js";
import { firstOf } from "../../capture/node/capture-names.js";
import { type BatchUnit, unitName } from "../../report/batch/rows.js";
import { UsageError, literal } from "../exit.js";

const PLACE = "{gateway}";
/** ms for which a file that is not written any more has stood still. */
const SETTLED_AFTER = 60_000;
const MICROS = 1000;

/** The units that a pattern finds. */
export interface FoundUnits {
  /** In the order of gateways and windows. */
  readonly units: readonly BatchUnit[];
  /** Files that are not read, a sentence each. */
  readonly passedOver: readonly Message[];
  /** Units of which a file was written a moment ago. */
  readonly unfinished: readonly BatchUnit[];
}

/**
 * The units of a pattern such as "DIR/{gateway}/*.pcap*": {gateway} stands for a part of a path that names the gateway. The files of
 * one gateway are divided by windows of time, each by its first packet. Throws UsageError for a pattern that names no gateway.
 */
export async function findUnits(pattern: string, windowLength: Micros): Promise<FoundUnits> {
  if (pattern.split(PLACE).length !== 2) {
    throw new UsageError(say`--by takes a pattern with one ${PLACE}, such as "DIR/${PLACE}/*.pcap*"`);
  }
  const units = new Map<string, { unit: BatchUnit; files: { file: string; time: Micros }[] }>();
  const unsettled = new Set<string>();
  const passedOver: Message[] = [];
  for (const { path, gateway } of await matching(pattern)) {
    const { time, fault } = await firstOf(path);
    if (time === null) {
      passedOver.push(fault === null ? say`${literal(path)}: no packet` : fault.said);
      continue;
    }
    const window = Math.floor(time / windowLength) * windowLength;
    const key = unitName({ gateway, window });
    const known = units.get(key) ?? { unit: { gateway, window, files: [] }, files: [] };
    known.files.push({ file: path, time });
    units.set(key, known);
    const { mtimeMs } = await stat(path);
    const isWritten = Date.now() - mtimeMs < SETTLED_AFTER;
    if (isWritten || Date.now() * MICROS < window + windowLength) unsettled.add(key);
  }
  const all = [...units]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { unit, files }]) => {
      const inOrder = files.toSorted((a, b) => a.time - b.time).map(({ file }) => file);
      return { key, unit: { ...unit, files: inOrder } };
    });
  return {
    units: all.filter(({ key }) => !unsettled.has(key)).map(({ unit }) => unit),
    unfinished: all.filter(({ key }) => unsettled.has(key)).map(({ unit }) => unit),
    passedOver,
  };
}

interface Match {
  readonly path: string;
  readonly gateway: string;
}

/** Files that the pattern matches, by walking down its parts. */
async function matching(pattern: string): Promise<Match[]> {
  const parts = pattern.split("/");
  let found: { readonly path: string; readonly gateway: string | null }[] = [
    { path: pattern.startsWith("/") ? "/" : "", gateway: null },
  ];
  for (const [at, part] of parts.entries()) {
    if (part === "" || part === ".") continue;
    const isLast = at === parts.length - 1;
    const next = await Promise.all(found.map((one) => below(one, part, isLast)));
    found = next.flat();
  }
  return found.flatMap(({ path, gateway }) => (gateway === null ? [] : [{ path, gateway }]));
}

async function below(
  { path, gateway }: { readonly path: string; readonly gateway: string | null },
  part: string,
  isLast: boolean,
): Promise<{ readonly path: string; readonly gateway: string | null }[]> {
  if (part === "..") return [{ path: join(path, part), gateway }];
  const expression = expressionOf(part);
  const entries = await readdir(path === "" ? "." : path, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      // A file has nothing below it.
      if (error.code === "ENOTDIR" || error.code === "ENOENT") return [];
      throw new UsageError(say`--by: ${literal(path)}: ${systemReason(error)}`);
    },
  );
  const matches = entries.flatMap((entry) => {
    const match = expression.exec(entry.name);
    if (match === null || (entry.name.startsWith(".") && !part.startsWith("."))) return [];
    return [{ entry, gateway: match.groups?.["gateway"] ?? gateway }];
  });
  const kept = await Promise.all(
    matches.map(async ({ entry, gateway: name }) => {
      const there = join(path, entry.name);
      const isFile = (await stat(there).catch(() => null))?.isFile() === true;
      return isLast === isFile ? [{ path: there, gateway: name }] : [];
    }),
  );
  return kept.flat();
}

function expressionOf(part: string): RegExp {
  const source = part.split(PLACE).map((text) =>
    text
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll("*", ".*")
      .replaceAll("?", "."),
  );
  return new RegExp(`^${source.join("(?<gateway>.+)")}$`, "s");
}
