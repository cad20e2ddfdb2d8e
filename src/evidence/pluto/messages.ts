import { type MessageRow, messageTable } from "../message-table.js";
import { REFUSAL_ROWS } from "./refusal-messages.js";

/**
 * What pluto says (Libreswan 3 to 5) behind the name of the connection, and what it means; the same words come from `whack`
 * behind a number. Null for what is known and tells nothing.
 */
const ROWS: readonly MessageRow[] = [
  // packets
  [
    "| sending {length:number} bytes for {any} through {small} from {from:colonpoint} to {to:colonpoint} using UDP (for #{number})",
    "sent",
  ],
  [
    "| *received {length:number} bytes from {from:colonpoint} on {small} {to:colonpoint} using UDP",
    "received",
  ],
  ["sent {exchange} request to {colonpoint}", "config"],
  ["sent {exchange} request to {colonpoint} {any}", "config"],
  ["sent {exchange} response to {colonpoint} {any}", "config"],
  ["processed {exchange} {word} from {colonpoint} {any}", "config"],
  ["sent Main Mode request", "config"],
  ["sent Main Mode {word}", "config"],
  ["sent Quick Mode request", "config"],
  ["sent {exchange} request {{{any}}}", "config"],
  ["sent {exchange} reply {{{any}}}", "config"],
  [
    "sent Quick Mode reply, inbound IPsec SA installed, expecting confirmation tunnel mode {{{sa:any}}}",
    "config",
  ],
  ["{word}: retransmission; will wait {decimal} seconds for response", "retransmit"],
  ["{word}: {number} second timeout exceeded after {number} retransmits.  {any}", "gave-up"],
  ["{exchange} request has duplicate Message ID {number}; retransmitting response", "ignored"],
  ["starting keying attempt {number} of {any}", "initiate"],
  ["ERROR: {any} on {small} ({any}) failed: {any}", "socket-error"],
  ["ERROR: sendto on {any} failed in {any}. Errno {number}: {any}", "socket-error"],
  // refusals
  [
    "cannot respond to IPsec SA request because no connection is known for {any}",
    "selectors-differ",
    "selectors",
  ],
  [
    "Child SA's Traffic Selector request {{{any}}} does not match any IKEv2 connection; responding with TS_UNACCEPTABLE",
    "selectors-differ",
    "selectors",
  ],
  ["No IKEv2 connection found with compatible Traffic Selectors", "selectors-differ", "selectors"],
  ["no local proposal matches remote proposals {number}:ESP:{any}", "proposals-differ", "proposals"],
  ["no local proposal matches remote proposals {number}:AH:{any}", "proposals-differ", "proposals"],
  ["IKE_AUTH response rejected Child SA with TS_UNACCEPTABLE", "child-failed", "told-ts-unacceptable"],
  ["IKE_AUTH response rejected Child SA with NO_PROPOSAL_CHOSEN", "child-failed", "told-no-proposal-chosen"],
  ["CREATE_CHILD_SA failed with error notification TS_UNACCEPTABLE", "child-failed", "told-ts-unacceptable"],
  [
    "CREATE_CHILD_SA failed with error notification NO_PROPOSAL_CHOSEN",
    "child-failed",
    "told-no-proposal-chosen",
  ],
  ["CREATE_CHILD_SA failed with error notification {notify:word}", "child-failed"],
  [
    "received and ignored notification payload: INVALID_ID_INFORMATION",
    "notify-received",
    "told-ts-unacceptable",
  ],
  ["no local proposal matches remote proposals {any}", "proposals-differ"],
  [
    "initial Main Mode message received on {colonpoint} but no connection has been authorized with policy {any}",
    "peer-config-missing",
  ],
  [
    "initial Main Mode message received but no connection has been authorized with authby {any}",
    "peer-config-missing",
  ],
  [
    "packet from {colonpoint}: initial Main Mode message received on {colonpoint} but no connection has been authorized with policy {any}",
    "peer-config-missing",
  ],
  [
    "packet from {colonpoint}: {exchange} message received on {colonpoint} but no suitable connection found with IKEv2 policy",
    "peer-config-missing",
  ],
  [
    "packet from {colonpoint}: {exchange} message received on {colonpoint} but no connection has been authorized with policy {any}",
    "peer-config-missing",
  ],
  // Libreswan 3 and early 4.
  [
    "packet from {colonpoint}: ISAKMP_v2_{exchange} message received on {colonpoint} but no suitable connection found with IKEv2 policy",
    "peer-config-missing",
  ],
  [
    "packet from {colonpoint}: initial parent SA message received on {colonpoint} but no suitable connection found with IKEv2 policy",
    "peer-config-missing",
  ],
  [
    "packet from {colonpoint}: responding to {exchange} ({number}) message (Message ID {number}) from {colonpoint} with unencrypted notification {notify:word}",
    "notify-received",
  ],
  ["no suitable connection for peer '{identity}'", "peer-config-missing", "identity-unknown"],
  ['switched from "{name}" to "{name}"', "config"],
  [
    "responding to {exchange} message (ID {number}) from {colonpoint} with unencrypted notification {notify:word}",
    "notify-received",
  ],
  [
    "responding to {exchange} message (ID {number}) from {colonpoint} with encrypted notification {notify:word}",
    "notify-received",
  ],
  ["sending encrypted notification INVALID_ID_INFORMATION to {colonpoint}", "notify-received", "selectors"],
  ["sending encrypted notification {notify:word} to {colonpoint}", "notify-received"],
  ["sending notification {notify:word} to {colonpoint}", "notify-received"],
  [
    "dropping unexpected {exchange} message containing {notify:word} notification; message payloads: {any}",
    "notify-received",
  ],
  // Libreswan 3: `IKE_AUTH` is `ISAKMP_v2_IKE_AUTH`, and a notify of IKEv2 begins with `v2N_`.
  [
    "dropping unexpected ISAKMP_v2_{exchange} message containing v2N_{notify:word} notification; message payloads: {any}",
    "notify-received",
  ],
  ["sending unencrypted notification v2N_{notify:word} to {colonpoint}", "notify-received"],
  [
    "responding to AUTH message (ID {number}) from {colonpoint} with encrypted notification {notify:word}",
    "notify-received",
  ],
  [
    "ignoring informational payload NO_PROPOSAL_CHOSEN, msgid={hex}, length={number}",
    "notify-received",
    "told-no-proposal-chosen",
  ],
  [
    "ignoring informational payload INVALID_ID_INFORMATION, msgid={hex}, length={number}",
    "notify-received",
    "told-ts-unacceptable",
  ],
  ["ignoring informational payload {notify:word}, msgid={hex}, length={number}", "notify-received"],
  ["received and ignored notification payload: {notify:word}", "notify-received"],
  ...REFUSAL_ROWS,
  // authentication
  [
    "authentication failed: computed hash does not match hash received from peer {word} '{identity}'",
    "auth-failed",
    "psk-differs",
  ],
  ["probable authentication failure (mismatch of preshared secrets?): {any}", "auth-failed", "psk-differs"],
  ["received Hash Payload does not match computed value", "auth-failed", "psk-differs"],
  ["authentication failed: no certificate matched {any}", "auth-failed", "certificate-not-trusted"],
  ["X509: certificate payload rejected for this connection", "cert-problem", "certificate-not-trusted"],
  [
    "NSS: ERROR: IPsec certificate {any} invalid: SEC_ERROR_UNKNOWN_ISSUER: {any}",
    "cert-problem",
    "ca-unknown",
  ],
  [
    "NSS: ERROR: IPsec certificate {any} invalid: SEC_ERROR_EXPIRED_CERTIFICATE: {any}",
    "cert-problem",
    "certificate-validity",
  ],
  [
    "NSS: ERROR: IPsec certificate {any} invalid: SEC_ERROR_REVOKED_CERTIFICATE: {any}",
    "cert-problem",
    "certificate-revoked",
  ],
  ["NSS: ERROR: IPsec certificate {any} invalid: {any}", "cert-problem", "certificate-not-trusted"],
  [
    "Peer ID '{identity}' mismatched on first found connection and no better connection found",
    "auth-failed",
    "identity-unknown",
  ],
  [
    "IKE SA authentication request rejected by peer: AUTHENTICATION_FAILED",
    "notify-received",
    "told-authentication-failed",
  ],
  [
    "IKE SA authentication request rejected: AUTHENTICATION_FAILED",
    "notify-received",
    "told-authentication-failed",
  ],
  [
    "IKE_AUTH response contained the error notification AUTHENTICATION_FAILED",
    "auth-failed",
    "told-authentication-failed",
  ],
  ["IKE_AUTH response contained the error notification {notify:word}", "auth-failed"],
  ["established IKE SA; authenticated peer using {any}", "ike-up"],
  ["responder established IKE SA; authenticated peer using {any}", "ike-up"],
  ["initiator established IKE SA; authenticated peer using {any}", "ike-up"],
  ["IKE SA established {{{any}}}", "ike-up"],
  ["Peer ID is {word}: '{identity}'", "config"],
  // life
  ["initiating IKEv2 connection", "initiate"],
  ["initiating IKEv1 Main Mode connection", "initiate"],
  ["responding to Main Mode", "initiate"],
  ["responding to Quick Mode proposal {{msgid:{hex}}}", "initiate"],
  ["the peer proposed: {nets} -<all>-> {nets}", "config"],
  ["IPsec SA established tunnel mode {{{sa:any}}}", "child-up"],
  ...["initiator", "responder"].flatMap((side) =>
    ["tunnel", "transport"].flatMap((mode): MessageRow[] => [
      [
        `${side} established Child SA using #{number}; IPsec ${mode} [{any}] -> [{any}] {{{sa:any}}}`,
        "child-up",
      ],
      [`${side} established Child SA using #{number}; IPsec ${mode} [{any}] {{{sa:any}}}`, "child-up"],
    ]),
  ),
  ["deleting state ({word}) aged {any}", "delete"],
  ["received Delete SA payload: {any}", "delete"],
  ["encountered fatal error in state {word}", "child-failed"],
  // kernel
  ["ERROR: netlink response for {any} included errno {number}: {any}", "kernel-error"],
  ["ERROR: netlink response for {any}: {any}", "kernel-error"],
  ["setup_half_ipsec_sa() hit fail:", "kernel-error"],
  // daemon
  ["Starting Pluto (Libreswan Version {any})", "daemon-start"],
  ["Starting Pluto (Libreswan Version {any}", "daemon-start"],
  ["shutting down", "daemon-stop"],
  ["added IKEv1 connection", "config"],
  ["added IKEv2 connection", "config"],
  ["listening for IKE messages", null],
  ["forgetting secrets", null],
  ["adding UDP interface {small} {colonpoint}", "config"],
];

export const PLUTO_MESSAGES = messageTable(ROWS);

/** The start of a line of pluto before its message: `"net/1x1"[2] 192.0.2.1 #3: `. */
export const PLUTO_PREFIX =
  /^"([^"]{1,255})"(?:\[(\d+)\])?(?: ([0-9a-fA-F.:]{2,45}(?:\[[^\]]{0,60}\])?))?(?: #(\d+))?: /;
