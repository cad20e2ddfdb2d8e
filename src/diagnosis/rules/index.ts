import { type Code, CODES } from "../codes.js";
import type { CaptureRule, HostRule, Rule, TunnelRule } from "../rule.js";
import { AUTHENTICATION } from "./authentication/index.js";
import { CHILD } from "./child/index.js";
import { ESP } from "./esp/index.js";
import { HOST } from "./host/index.js";
import { LIFE } from "./life/index.js";
import { NAT } from "./nat/index.js";
import { NEGOTIATION } from "./negotiation/index.js";
import { REACHABILITY } from "./reachability/index.js";
import { RECORDING } from "./recording/index.js";
import { SIZE } from "./size/index.js";

/** Every verdict that ikescope knows, in the order in which they are listed: from reachability to the recording itself. */
export const RULES: { readonly [C in Code]: Rule<C> } = {
  ...REACHABILITY,
  ...HOST,
  ...NEGOTIATION,
  ...AUTHENTICATION,
  ...CHILD,
  ...SIZE,
  ...NAT,
  ...ESP,
  ...LIFE,
  ...RECORDING,
};

const byPrecedence: readonly Rule[] = CODES.map((code) => RULES[code]);

/** Rules about one tunnel, by precedence. */
export const TUNNEL_RULES: readonly TunnelRule[] = byPrecedence.filter((rule) => rule.about === "tunnel");

/** Rules about the capture as a whole. */
export const CAPTURE_RULES: readonly CaptureRule[] = byPrecedence.filter((rule) => rule.about === "capture");

/** Rules about what hosts themselves say, by precedence. */
export const HOST_RULES: readonly HostRule[] = byPrecedence.filter((rule) => rule.about === "host");
