import { AUTHENTICATION_STORIES, CHILD_STORIES } from "./authentication.js";
import { ESP_ORDER_STORIES } from "./esp-order.js";
import { ESP_STORIES } from "./esp.js";
import { LIFE_STORIES } from "./life.js";
import { NAT_STORIES } from "./nat.js";
import { RENEWAL_STORIES } from "./renewal.js";
import { TCP_STORIES } from "./tcp.js";
import { NEGOTIATION_STORIES } from "./negotiation.js";
import { REACHABILITY_STORIES } from "./reachability.js";
import { RECORDING_STORIES } from "./recording.js";
import { SCANNING_STORIES } from "./scanning.js";
import { SIZE_STORIES } from "./size.js";
import type { Story } from "./story.js";

/** All generated captures. */
export const STORIES: readonly Story[] = [
  ...REACHABILITY_STORIES,
  ...NEGOTIATION_STORIES,
  ...SCANNING_STORIES,
  ...AUTHENTICATION_STORIES,
  ...CHILD_STORIES,
  ...SIZE_STORIES,
  ...NAT_STORIES,
  ...LIFE_STORIES,
  ...RENEWAL_STORIES,
  ...TCP_STORIES,
  ...ESP_STORIES,
  ...ESP_ORDER_STORIES,
  ...RECORDING_STORIES,
];
