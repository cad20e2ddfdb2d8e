/** All scenarios in the order in which they are played. */
import type { Scenario } from "../scenario.js";
import { authenticationScenarios } from "./authentication.js";
import { certificateScenarios } from "./certificates.js";
import { childScenarios } from "./child.js";
import { dataPlaneScenarios } from "./data-plane.js";
import { espScenarios } from "./esp.js";
import { fragmentScenarios } from "./fragments.js";
import { furtherScenarios } from "./further.js";
import { lifeScenarios } from "./healthy-life.js";
import { healthyScenarios } from "./healthy.js";
import { kernelCounterScenarios } from "./kernel-counters.js";
import { kernelModeScenarios } from "./kernel-modes.js";
import { kernelOrderScenarios } from "./kernel-order.js";
import { kernelScenarios } from "./kernel.js";
import { moveScenarios } from "./moves.js";
import { negotiationScenarios } from "./negotiation.js";
import { reachabilityScenarios } from "./reachability.js";
import { redirectScenarios } from "./redirects.js";
import { refusalScenarios } from "./refusal.js";
import { repeatedScenarios } from "./repeated.js";
import { silenceScenarios } from "./silence.js";
import { suiteScenarios } from "./suites.js";
import { userScenarios } from "./users.js";

export const scenarios: Scenario[] = [
  ...healthyScenarios,
  ...lifeScenarios,
  ...reachabilityScenarios,
  ...refusalScenarios,
  ...negotiationScenarios,
  ...authenticationScenarios,
  ...childScenarios,
  ...fragmentScenarios,
  ...espScenarios,
  ...dataPlaneScenarios,
  ...silenceScenarios,
  ...repeatedScenarios,
  ...userScenarios,
  ...moveScenarios,
  ...redirectScenarios,
  ...suiteScenarios,
  ...certificateScenarios,
  ...furtherScenarios,
  ...kernelScenarios,
  ...kernelOrderScenarios,
  ...kernelModeScenarios,
  ...kernelCounterScenarios,
];
