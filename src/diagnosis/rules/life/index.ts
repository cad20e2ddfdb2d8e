import { retransmissions } from "./retransmissions.js";
import { tcpEncapsulation } from "./tcp-encapsulation.js";
import { dpdTimeout } from "./dpd-timeout.js";
import { rekeyUnanswered } from "./rekey-unanswered.js";
import { rekeyFailed } from "./rekey-failed.js";
import { responderSlow } from "./responder-slow.js";
import { saDeletedByPeer } from "./sa-deleted-by-peer.js";
import { peerRestarted } from "./peer-restarted.js";
import { messageIdDesync } from "./message-id-desync.js";
import { mobikeFailed } from "./mobike-failed.js";
import { saFlapping } from "./sa-flapping.js";
import { identityFlap } from "./identity-flap.js";
import { periodicDrop } from "./periodic-drop.js";
import { reauthGap } from "./reauth-gap.js";
import { simultaneousInitiation } from "./simultaneous-initiation.js";
import { rekeyCollision } from "./rekey-collision.js";
import { lifetimeMismatch } from "./lifetime-mismatch.js";

/** The rules of this folder. */
export const LIFE = {
  retransmissions,
  "tcp-encapsulation": tcpEncapsulation,
  "dpd-timeout": dpdTimeout,
  "rekey-unanswered": rekeyUnanswered,
  "rekey-failed": rekeyFailed,
  "responder-slow": responderSlow,
  "sa-deleted-by-peer": saDeletedByPeer,
  "peer-restarted": peerRestarted,
  "message-id-desync": messageIdDesync,
  "mobike-failed": mobikeFailed,
  "sa-flapping": saFlapping,
  "identity-flap": identityFlap,
  "periodic-drop": periodicDrop,
  "reauth-gap": reauthGap,
  "simultaneous-initiation": simultaneousInitiation,
  "rekey-collision": rekeyCollision,
  "lifetime-mismatch": lifetimeMismatch,
};
