/** Plays one scenario: builds the lab, captures, takes everything down again, whatever happens. */
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Certificates } from "./certificates.js";
import type { Scenario } from "./scenario.js";
import { Stage } from "./stage.js";
import type { Host } from "./topology.js";
import { truthEntry, type CaptureTruth, type Vantage } from "./truth.js";

/** The folder for files of a run that are not committed. Short, for socket paths must be. */
export const scratch = `/tmp/lab-${process.pid}`;

type Place = "initiator" | "responder" | "router";

const places: { place: Place; host: Host; port: string; vantage: Vantage }[] = [
  { place: "initiator", host: "alice", port: "eth0", vantage: "near-initiator" },
  { place: "responder", host: "bob", port: "eth0", vantage: "near-responder" },
  { place: "router", host: "router", port: "any", vantage: "between" },
];

/** The folders of captures, and of the daemons' logs if they are wanted. */
export interface Output {
  pcaps: string;
  logs: string | undefined;
  /** Is told of the stage, to take it down if the run is interrupted. */
  onStage(stage: Stage): void;
}

/** The truth of the captures that a scenario makes. */
export function truthOf(scenario: Scenario): CaptureTruth[] {
  return wanted(scenario).map(({ place, vantage, truth }) =>
    truthEntry(`${scenario.name}-${place}.pcap`, scenario.name, scenario.description, vantage, truth),
  );
}

/** Plays the scenario and writes its captures. */
export async function play(scenario: Scenario, output: Output): Promise<void> {
  const folder = join(scratch, scenario.name);
  mkdirSync(folder, { recursive: true });
  const stage = new Stage(folder);
  output.onStage(stage);
  try {
    await stage.topology.create(scenario.truth.router === undefined);
    if (scenario.ipv6 === true) await stage.topology.addIpv6();
    await setUp(scenario, stage);
    await scenario.before?.(stage);
    await record(scenario, stage);
    keepLogs(scenario, stage, await stage.firewall.list(), output.logs);
    if (scenario.kernel === true) await keepCounters(scenario, stage, output.logs);
  } finally {
    await stage.takeDown();
  }
  for (const { file } of truthOf(scenario)) copyFileSync(join(folder, file), join(output.pcaps, file));
  rmSync(folder, { recursive: true, force: true });
}

async function setUp(scenario: Scenario, stage: Stage): Promise<void> {
  for (const [chain, rule] of scenario.rules ?? []) await stage.firewall.add(chain, rule);
  const certificates =
    scenario.certificateNames === undefined
      ? undefined
      : await Certificates.make(
          join(stage.folder, "pki"),
          scenario.certificateNames,
          scenario.strangers,
          scenario.defects,
        );
  await stage.people(scenario, certificates);
}

/** Runs the steps between two pings of the router, captured at all wanted places. */
async function record(scenario: Scenario, stage: Stage): Promise<void> {
  for (const { place, host, port } of wanted(scenario)) {
    await stage.capture(host, port, join(stage.folder, `${scenario.name}-${place}.pcap`));
  }
  await stage.noise();
  await scenario.steps(stage);
  await stage.noise();
  await stage.stopCaptures();
}

function wanted(scenario: Scenario) {
  return places.flatMap((entry) => {
    const truth = scenario.truth[entry.place];
    return truth === undefined ? [] : [{ ...entry, truth }];
  });
}

function keepLogs(scenario: Scenario, stage: Stage, rules: string, logs: string | undefined): void {
  if (logs === undefined) return;
  mkdirSync(logs, { recursive: true });
  writeFileSync(join(logs, `${scenario.name}-alice.log`), stage.alice.log());
  writeFileSync(join(logs, `${scenario.name}-bob.log`), stage.bob.log());
  writeFileSync(join(logs, `${scenario.name}-router.nft`), rules);
}

/** The kernels' own account: SAs and policies with their counters, refused packets by cause, the router's rules and queues. */
async function keepCounters({ name }: Scenario, stage: Stage, logs: string | undefined): Promise<void> {
  if (logs === undefined) return;
  for (const end of ["alice", "bob"] as const) {
    const commands = ["ip -s xfrm state", "ip xfrm policy", "cat /proc/net/xfrm_stat"];
    const outcomes = await Promise.all(commands.map((one) => stage.topology.tryExec(end, one.split(" "))));
    writeFileSync(join(logs, `${name}-${end}.xfrm`), outcomes.map(({ stdout }) => stdout).join("\n"));
  }
  writeFileSync(join(logs, `${name}-router.iptables`), await stage.router.counters());
}
