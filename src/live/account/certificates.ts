import type { Address } from "../../bytes/address.js";
import { certificateFingerprint, certificateOutline } from "../../ike/asn1/certificate.js";
import { CERT_ENCODING } from "../../ike/registries/certificates.js";
import type { IkeSa, Transmission } from "../../session/model.js";
import { firstSighting } from "../../session/sightings.js";
import type { AccountedCertificate, PeerIndex } from "./account.js";

/** A chain is longer only where somebody tries what we do with it. */
const MOST_OF_A_PEER = 4;

/** The certificates that each peer showed in clear, from the newest message of it that has any. */
export function certificatesOf(
  ikeSas: readonly IkeSa[],
  indexOf: (address: Address) => PeerIndex,
): readonly AccountedCertificate[] {
  const newest = new Map<PeerIndex, readonly AccountedCertificate[]>();
  for (const { exchanges } of ikeSas) {
    for (const message of exchanges.flatMap(({ request, response }) => [request, response])) {
      const sent = firstSighting(message);
      if (message === null || sent === undefined) continue;
      const from = indexOf(sent.source.address);
      const shown = shownIn(message, from);
      if (shown.length > 0) newest.set(from, shown.slice(0, MOST_OF_A_PEER));
    }
  }
  return [...newest.values()].flat();
}

function shownIn({ message }: Transmission, from: PeerIndex): AccountedCertificate[] {
  return message.payloads.flatMap((payload) => {
    if (payload.kind !== "certificate" || payload.encoding !== CERT_ENCODING.X509_SIGNATURE) return [];
    const outline = certificateOutline(payload.data);
    const notAfter = outline?.notAfter.time ?? null;
    if (outline === null || notAfter === null) return [];
    const fingerprint = certificateFingerprint(payload.data);
    return [{ from, notAfter, isAuthority: outline.isAuthority, fingerprint }];
  });
}
