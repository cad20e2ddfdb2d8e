import { EXCHANGE_V2 } from "../../ike/registries/exchanges.js";
import type { Exchange } from "../../session/model.js";
import type { Setup } from "../context.js";

/** The exchanges of IKE_AUTH in their order: EAP takes several of them. */
export function roundsOf({ progress }: Setup): readonly Exchange[] {
  return progress.authentication.filter(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH);
}
