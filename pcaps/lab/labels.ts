/** The labels of all captures: what scenarios, cuts and captures made elsewhere say of each, as truth.json has it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { look } from "./decided.js";
import { readPcap } from "./pcap-file.js";
import { truthOf } from "./play.js";
import type { Scenario } from "./scenario.js";
import { cuts, type Cut } from "./scenarios/cuts.js";
import { elsewhere, type Elsewhere } from "./scenarios/elsewhere.js";
import { scenarios } from "./scenarios/index.js";
import { truthEntry, type CaptureTruth } from "./truth.js";

export const sides = ["initiator", "responder"] as const;

/** The labels of all captures; those that lie in the folder are looked at for the frame that decides. */
export function allLabels(folder: string): CaptureTruth[] {
  return [
    ...scenarios.flatMap((scenario) => scenarioLabels(scenario, folder)),
    ...cuts.flatMap(cutLabels),
    ...elsewhere.flatMap((one) => elsewhereLabels(one, folder)),
  ];
}

export function scenarioLabels(scenario: Scenario, folder: string): CaptureTruth[] {
  return truthOf(scenario).map((entry) => withDecision(scenario, entry, folder));
}

export function cutLabels({ name, description, truth, tells }: Cut): CaptureTruth[] {
  return sides.map((side) =>
    truthEntry(
      `${name}-${side}.pcap`,
      name,
      description,
      tells?.[side] ?? `near-${side}`,
      truth,
      "lab-edited",
    ),
  );
}

export function elsewhereLabels(one: Elsewhere, folder: string): CaptureTruth[] {
  const { name, description, truth } = one;
  return sides.flatMap((side) => {
    const known = truth[side];
    if (known === undefined) return [];
    const entry = truthEntry(`${name}-${side}.pcap`, name, description, `near-${side}`, known);
    return [withDecision(one, entry, folder)];
  });
}

/** The entry with the frame that decides, where its truth is a fault and the scenario has a rule. */
function withDecision(
  { decided }: Pick<Scenario, "decided">,
  entry: CaptureTruth,
  folder: string,
): CaptureTruth {
  const path = join(folder, entry.file);
  if (decided === undefined || !["failing", "suspected"].includes(entry.status) || !existsSync(path))
    return entry;
  const decidedAt = decided(look(readPcap(path)));
  return decidedAt === undefined ? entry : { ...entry, decidedAt };
}
