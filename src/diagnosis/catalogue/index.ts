import { AUTHENTICATION } from "./authentication.js";
import { CAPTURE } from "./capture.js";
import { CHILD } from "./child.js";
import type { CatalogueEntry } from "./entry.js";
import { ESP } from "./esp.js";
import { LIFE } from "./life.js";
import { NAT } from "./nat.js";
import { NEGOTIATION } from "./negotiation.js";
import { REACHABILITY } from "./reachability.js";
import { SIZE } from "./size.js";

const ENTRIES = {
  ...REACHABILITY,
  ...NEGOTIATION,
  ...AUTHENTICATION,
  ...CHILD,
  ...SIZE,
  ...NAT,
  ...ESP,
  ...LIFE,
  ...CAPTURE,
} as const;

/** A verdict's name. Once shipped it never changes its meaning. */
export type Code = keyof typeof ENTRIES;

/** Every finding that ikescope knows, by its code. */
export const CATALOGUE: Readonly<Record<Code, CatalogueEntry>> = ENTRIES;
