import { Fleet } from "../../../src/fleet/fleet.js";
import type { FleetJudgement } from "../../../src/fleet/judge.js";
import { eventsOf } from "./publish.js";

/** The judgement from the lines of several gateways, those of one after those of the other. */
export function joinedFrom(...gateways: readonly (readonly string[])[]): FleetJudgement {
  const fleet = new Fleet();
  for (const event of gateways.flatMap(eventsOf)) fleet.take(event, null);
  return fleet.judge(null);
}

/** Codes of what is said of tunnels with both ends, with their severity; information is left out. */
export function saidBetween({ tunnels }: FleetJudgement): string[] {
  return tunnels
    .flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== "info")
    .map(({ severity, code }) => `${severity} ${code}`);
}
