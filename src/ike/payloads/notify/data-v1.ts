import { PHASE1_NAMES, PHASE2_NAMES } from "../../describe/attributes.js";
import type { FieldReader, FieldsOf } from "../../describe/field-reader.js";
import type { NotifyData, NotifyDataTable } from "./data-form.js";
import { NOTIFY_V1 } from "../../registries/notify-v1.js";
import { PROTOCOL } from "../../registries/protocols.js";

const sequence: FieldsOf = (reader) => void reader.number("Sequence number", 4);

/** RFC 2407 4.6.3.2: replay detection is on or off. */
function readReplayStatus(reader: FieldReader): void {
  reader.number("Replay detection", 4, (value) =>
    value === 0 ? "disabled (0)" : value === 1 ? "enabled (1)" : String(value),
  );
}

/** RFC 2407 4.6.3.1: attributes of the phase that the protocol belongs to. */
const RESPONDER_LIFETIME: NotifyData = {
  read: (reader, { protocol }) => reader.attributes(protocol === PROTOCOL.IKE ? PHASE1_NAMES : PHASE2_NAMES),
  inLine: null,
};

/** The data of IKEv1 notifies that have a form. */
export const NOTIFY_DATA_V1: NotifyDataTable = new Map<number, NotifyData>([
  [NOTIFY_V1.RESPONDER_LIFETIME, RESPONDER_LIFETIME],
  [NOTIFY_V1.REPLAY_STATUS, { read: readReplayStatus, inLine: null }],
  // RFC 3706 5.3
  [NOTIFY_V1.R_U_THERE, { read: sequence, inLine: null }],
  [NOTIFY_V1.R_U_THERE_ACK, { read: sequence, inLine: null }],
  // Cisco; as Wireshark's packet-isakmp.c and vpnc read it
  [NOTIFY_V1.UNITY_LOAD_BALANCE, { read: (reader) => reader.ipv4("Gateway"), inLine: null }],
]);
