import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";

/** In which order an implementation puts the notifies of IKE_SA_INIT, about which RFC 7296 section 2.5 says nothing. */
export interface PayloadOrder {
  readonly implementation: string;
  readonly message: "request" | "response";
  /** Those that must be there, and in between those that a setting leaves out. */
  readonly notifies: readonly { readonly type: number; readonly isOptional?: true }[];
}

const {
  NAT_DETECTION_SOURCE_IP,
  NAT_DETECTION_DESTINATION_IP,
  IKEV2_FRAGMENTATION_SUPPORTED,
  SIGNATURE_HASH_ALGORITHMS,
  REDIRECT_SUPPORTED,
  CHILDLESS_IKEV2_SUPPORTED,
  MULTIPLE_AUTH_SUPPORTED,
} = NOTIFY_V2;

const always = (type: number): PayloadOrder["notifies"][number] => ({ type });
const perhaps = (type: number): PayloadOrder["notifies"][number] => ({ type, isOptional: true });

/**
 * Known orders. Each was seen in every IKE_SA_INIT of that daemon in captures of strongSwan 5.9.8, Libreswan 4.10 and OpenIKED
 * 7.2, and of no other daemon among them; strongSwan's also stands in the logs that its users publish ("generating IKE_SA_INIT
 * request 0 [ SA KE No N(NATD_S_IP) N(NATD_D_IP) N(FRAG_SUP) N(HASH_ALG) N(REDIR_SUP) ]"). Nobody keeps others from the same
 * order, so that none is more than possible.
 *
 * Not here: clients whose logs begin with REDIRECT_SUPPORTED, because no source names them; Windows, which says who it is by
 * Vendor IDs beside an order that is like Libreswan's; a bare pair of NAT detection notifies, which many send.
 */
export const PAYLOAD_ORDERS: readonly PayloadOrder[] = [
  {
    implementation: "strongSwan",
    message: "request",
    notifies: [
      always(NAT_DETECTION_SOURCE_IP),
      always(NAT_DETECTION_DESTINATION_IP),
      perhaps(IKEV2_FRAGMENTATION_SUPPORTED),
      always(SIGNATURE_HASH_ALGORITHMS),
      always(REDIRECT_SUPPORTED),
    ],
  },
  {
    implementation: "strongSwan",
    message: "response",
    notifies: [
      always(NAT_DETECTION_SOURCE_IP),
      always(NAT_DETECTION_DESTINATION_IP),
      perhaps(IKEV2_FRAGMENTATION_SUPPORTED),
      perhaps(SIGNATURE_HASH_ALGORITHMS),
      always(CHILDLESS_IKEV2_SUPPORTED),
      always(MULTIPLE_AUTH_SUPPORTED),
    ],
  },
  {
    implementation: "Libreswan",
    message: "request",
    notifies: [
      always(IKEV2_FRAGMENTATION_SUPPORTED),
      perhaps(SIGNATURE_HASH_ALGORITHMS),
      always(NAT_DETECTION_SOURCE_IP),
      always(NAT_DETECTION_DESTINATION_IP),
    ],
  },
  {
    implementation: "Libreswan",
    message: "response",
    notifies: [
      always(IKEV2_FRAGMENTATION_SUPPORTED),
      perhaps(SIGNATURE_HASH_ALGORITHMS),
      always(NAT_DETECTION_SOURCE_IP),
      always(NAT_DETECTION_DESTINATION_IP),
      always(CHILDLESS_IKEV2_SUPPORTED),
    ],
  },
];
