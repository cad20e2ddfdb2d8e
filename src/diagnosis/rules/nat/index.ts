import { natDetected } from "./nat-detected.js";
import { natForcedEncapsulation } from "./nat-forced-encapsulation.js";
import { nattNotUsed } from "./natt-not-used.js";
import { encapsulationDisagreement } from "./encapsulation-disagreement.js";
import { natEspPortDiffers } from "./nat-esp-port-differs.js";
import { natMappingChanged } from "./nat-mapping-changed.js";
import { natKeepaliveMissing } from "./nat-keepalive-missing.js";
import { natMappingExpired } from "./nat-mapping-expired.js";
import { natIkeAlg } from "./nat-ike-alg.js";
import { natClientsCollide } from "./nat-clients-collide.js";
import { ahThroughNat } from "./ah-through-nat.js";

/** The rules of this folder. */
export const NAT = {
  "nat-detected": natDetected,
  "nat-forced-encapsulation": natForcedEncapsulation,
  "natt-not-used": nattNotUsed,
  "encapsulation-disagreement": encapsulationDisagreement,
  "nat-esp-port-differs": natEspPortDiffers,
  "nat-mapping-changed": natMappingChanged,
  "nat-keepalive-missing": natKeepaliveMissing,
  "nat-mapping-expired": natMappingExpired,
  "nat-ike-alg": natIkeAlg,
  "nat-clients-collide": natClientsCollide,
  "ah-through-nat": ahThroughNat,
};
