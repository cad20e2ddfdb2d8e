import type { Address } from "../../bytes/address.js";

/** Address and UDP or TCP port of one end of a message. */
export interface Endpoint {
  readonly address: Address;
  readonly port: number;
}
