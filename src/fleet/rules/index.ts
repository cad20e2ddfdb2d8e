import type { Passage } from "../passage.js";
import type { FleetRule } from "../rule.js";
import { certificatesExpiring } from "./certificates-expiring.js";
import { espLost } from "./esp-lost.js";
import { espStopped } from "./esp-stopped.js";
import { espTooLarge } from "./esp-too-large.js";
import { flapping } from "./flapping.js";
import { gatewaySilent } from "./gateway-silent.js";
import { messageLost } from "./message-lost.js";
import { natBetween } from "./nat-between.js";
import { outage } from "./outage.js";

/** Rules about one direction of a tunnel. */
export const PASSAGE_RULES: readonly FleetRule<Passage>[] = [
  messageLost,
  espStopped,
  espTooLarge,
  espLost,
  natBetween,
];

/** All verdicts, for a reader. */
export const FLEET_RULES: readonly Omit<FleetRule<never>, "detect">[] = [
  ...PASSAGE_RULES,
  outage,
  flapping,
  gatewaySilent,
  certificatesExpiring,
];
