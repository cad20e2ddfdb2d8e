/**
 * Plays scenarios and writes captures and truth.json into pcaps/ or another folder.
 *
 *     npx tsx pcaps/lab/run.ts [--kernel] [--logs FOLDER] [--into FOLDER] [--list] [--truth] [scenario...]
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { cutLabels, elsewhereLabels, scenarioLabels, sides } from "./labels.js";
import { pcapBytes, readPcap } from "./pcap-file.js";
import { play, scratch, truthOf } from "./play.js";
import type { Scenario } from "./scenario.js";
import type { Stage } from "./stage.js";
import { cuts, type Cut } from "./scenarios/cuts.js";
import { elsewhere, type Elsewhere } from "./scenarios/elsewhere.js";
import { scenarios } from "./scenarios/index.js";
import { writeTruth, type CaptureTruth } from "./truth.js";
import { playInUml } from "./uml.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    logs: { type: "string" },
    into: { type: "string" },
    list: { type: "boolean" },
    truth: { type: "boolean" },
    kernel: { type: "boolean" },
    inside: { type: "boolean" },
  },
});
const home = dirname(dirname(fileURLToPath(import.meta.url)));
const pcaps = resolve(values.into ?? home);
mkdirSync(pcaps, { recursive: true });

let stage: Stage | undefined;
const onStage = (current: Stage): void => {
  stage = current;
};
/** Takes the current scenario down when the run is interrupted. */
async function interrupted(): Promise<void> {
  await stage?.takeDown();
  rmSync(scratch, { recursive: true, force: true });
  process.exit(130);
}
process.once("SIGINT", () => void interrupted());
process.once("SIGTERM", () => void interrupted());

/** Something that makes captures, and what is true of them. */
interface Item {
  name: string;
  description: string;
  /** The truth of the captures as they lie there: to be asked after `make`. */
  captures(): CaptureTruth[];
  make(): Promise<void>;
}

function scenarioItem(scenario: Scenario): Item {
  const { name, description } = scenario;
  const make = async (): Promise<void> => {
    if (scenario.kernel !== true || values.inside === true) {
      await play(scenario, { pcaps, logs: values.logs, onStage });
    } else if (values.kernel === true) {
      for (const { file } of truthOf(scenario)) copyFileSync(join(machine, file), join(pcaps, file));
    }
  };
  return { name, description, captures: () => scenarioLabels(scenario, pcaps), make };
}

/** The two captures of a cut; those it is made from must be there. */
function cutItem(cut: Cut): Item {
  const { name, description } = cut;
  const make = async (): Promise<void> => {
    for (const side of sides) {
      const from = [pcaps, home].map((folder) => join(folder, `${cut.from}-${side}.pcap`)).find(existsSync);
      if (from === undefined) throw new Error(`no capture of ${cut.from}`);
      const source = readPcap(from);
      writeFileSync(join(pcaps, `${name}-${side}.pcap`), pcapBytes(cut.edit(source)));
    }
  };
  return { name, description, captures: () => cutLabels(cut), make };
}

/** Captures that cannot be made here are left as they lie there. */
function elsewhereItem(one: Elsewhere): Item {
  const { name, description } = one;
  return { name, description, captures: () => elsewhereLabels(one, pcaps), make: async () => {} };
}

const items = [...scenarios.map(scenarioItem), ...cuts.map(cutItem), ...elsewhere.map(elsewhereItem)];

/** The folder in which the User Mode Linux leaves captures and logs. */
const machine = join(scratch, "machine");

/** Plays all chosen scenarios that need ESP of the kernel, in one User Mode Linux. */
async function playKernels(chosen: Item[]): Promise<void> {
  const wanted = chosen.map(({ name }) => name).filter((name) => kernels.has(name));
  mkdirSync(machine, { recursive: true });
  console.log(await playInUml(wanted, machine, 30 + 90 * wanted.length));
  if (values.logs !== undefined && existsSync(join(machine, "logs"))) {
    cpSync(join(machine, "logs"), values.logs, { recursive: true });
  }
}

/** Makes one after the other; what fails is told and does not hold up the rest. */
async function makeAll(chosen: Item[]): Promise<void> {
  if (values.kernel === true && values.truth !== true) await playKernels(chosen);
  for (const item of chosen) {
    const started = Date.now();
    try {
      if (values.truth !== true) await item.make();
      if (values.inside !== true) writeTruth(join(pcaps, "truth.json"), item.captures());
      console.log(`${item.name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
    } catch (error) {
      console.error(`${item.name}: ${String(error)}`);
      process.exitCode = 1;
    }
  }
  rmSync(scratch, { recursive: true, force: true });
}

const unknown = positionals.filter((name) => !items.some((known) => known.name === name));
if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(", ")}`);
const kernels = new Set(scenarios.filter(({ kernel }) => kernel === true).map(({ name }) => name));
const chosen = items.filter(({ name }) =>
  positionals.length === 0 ? values.kernel !== true || kernels.has(name) : positionals.includes(name),
);
if (values.list === true) {
  for (const { name, description } of chosen) console.log(`${name}: ${description}`);
} else {
  await makeAll(chosen);
}
