import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Transmission } from "../../../session/model.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import { type Message, say } from "../../../texts/message.js";
import type { Setup, TunnelContext } from "../../context.js";
import { carriesTrafficAfter } from "../life/healing.js";

/** The credentials that the initiator proves its identity with, as far as the messages in clear tell. */
export type Credentials = "psk" | "certificates" | "unknown";

/** IANA ipsec-registry, and those of XAUTH and hybrid authentication (drafts): "PSK", "XAUTH_INIT_PSK". */
const OF_PSK = /PSK/;
/** Signatures come with certificates; of encrypted nonces nothing is known. */
const OF_SIGNATURE = /SIG|RSA$|DSS$|ECDSA/;
/** IKE_AUTH with a pre-shared key has some hundred bytes, with a certificate in it more than this. */
const WITH_CERTIFICATE_BYTES = 1000;

/**
 * IKEv1 names the method in clear. In IKEv2 a CERTREQ of the responder and an IKE_AUTH request as large as one with a certificate
 * (RFC 7296 1.2) tell as much; a small one tells nothing.
 */
export function credentialsOf({ sa, progress }: Setup): Credentials {
  if (sa.majorVersion === 1) {
    const method = progress.suite?.authMethod?.name ?? "";
    if (OF_PSK.test(method)) return "psk";
    return OF_SIGNATURE.test(method) ? "certificates" : "unknown";
  }
  const isAsked = progress.chosen?.response?.message.payloads.some(
    ({ kind }) => kind === "certificateRequest",
  );
  const first = progress.authentication.find(({ exchangeType }) => exchangeType === EXCHANGE_V2.IKE_AUTH);
  return isAsked === true && isLarge(first?.request ?? null) ? "certificates" : "unknown";
}

function isLarge(request: Transmission | null): boolean {
  if (request === null) return false;
  const { fragments, message, sightings } = request;
  return (
    fragments !== null ||
    message.header.length > WITH_CERTIFICATE_BYTES ||
    sightings.some(({ ipFragments }) => ipFragments > 1)
  );
}

/** The last setup of the same peers, begun by the same side, that was accepted before `time`; undefined where the capture has none. */
export function acceptedBefore(context: TunnelContext, failed: Setup, time: Micros): Setup | undefined {
  return context.setups.findLast(
    ({ sa, progress }) =>
      sa.id !== failed.sa.id &&
      sa.majorVersion === failed.sa.majorVersion &&
      sa.initiator.address === failed.sa.initiator.address &&
      progress.upAt !== null &&
      progress.upAt < time &&
      progress.authentication.at(-1)?.response != null,
  );
}

/** How long before `time` the same peers were accepted, and what that says; empty without such a setup. */
export function acceptedBeforeText(
  context: TunnelContext,
  accepted: Setup | undefined,
  credentials: Credentials,
  time: Micros,
): Message {
  if (accepted?.progress.upAt == null) return "";
  const before = humanDuration(time - accepted.progress.upAt);
  if (carriesTrafficAfter(context, time, accepted))
    return say` An IKE SA of these peers was accepted ${before} before and its ESP goes on: the one that is refused may be another connection between the same addresses, with an identity, key or certificate of its own; or something expired or was changed since then.`;
  switch (credentials) {
    case "psk":
      return say` An IKE SA of these peers was accepted ${before} before: the key or an identity was changed since then.`;
    case "certificates":
      return say` An IKE SA of these peers was accepted ${before} before: a certificate expired since then, or something was changed.`;
    case "unknown":
      return say` An IKE SA of these peers was accepted ${before} before: something expired or was changed since then.`;
  }
}
