import { humanDuration, type Micros } from "../../../bytes/time.js";
import { secondOf } from "../../moments.js";
import { certificateOutline, type CertificateOutline } from "../../../ike/asn1/certificate.js";
import type { Payload } from "../../../ike/message.js";
import { CERT_ENCODING } from "../../../ike/registries/certificates.js";
import type { Exchange, Transmission } from "../../../session/model.js";
import { firstTimeOf, lastSighting } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Confidence, Verdict } from "../../finding.js";
import { isSet } from "../../clock.js";
import { severityUnlessMended } from "../life/healing.js";
import { openedOf } from "../opened/opened.js";
import { phaseOf } from "../../phases.js";
import { silenceAfter } from "../silence/silence.js";
import { type Message, joined, say } from "../../../texts/message.js";

/** Clocks that are set by hand are off by less than this. */
const CLOCK_ERROR = 86_400_000_000;
/** A peer that accepts a certificate goes on at once. */
const AT_ONCE = 5_000_000;

/** A certificate, in clear or opened with keys, that was sent outside of its validity. */
interface Found {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly message: Transmission;
  /** Address of the side whose certificate it is. */
  readonly holder: string;
  /** By which key the message was opened; null where it is in clear. */
  readonly mark: Message | null;
  readonly certificate: CertificateOutline;
  /** The end of the validity that the time of the capture lies beyond, and how far. */
  readonly limit: Micros;
  readonly beyond: Micros;
}

type Beyond = (certificate: CertificateOutline, time: Micros) => Pick<Found, "limit" | "beyond"> | null;

export function verdict(
  context: TunnelContext,
  code: "certificate-expired" | "certificate-not-yet-valid",
  beyond: Beyond,
): Verdict | null {
  const all = certificatesOf(context, beyond);
  const found = all.findLast((one) => refusalOf(one, context) !== "none") ?? all.at(-1);
  if (found === undefined) return null;
  const { certificate, holder, setup, exchange, message, limit, mark } = found;
  const refusal = refusalOf(found, context);
  const isExpired = code === "certificate-expired";
  const kind = certificate.isAuthority ? "a CA certificate" : "the certificate";
  const validity = isExpired
    ? say`expired on ${secondOf(limit)}`
    : say`is not valid before ${secondOf(limit)}`;
  const distance = isExpired
    ? say`${humanSpan(found.beyond)} before this capture`
    : say`${humanSpan(found.beyond)} after this capture`;
  return {
    ...(refusal === "none"
      ? { severity: "info" }
      : severityUnlessMended(context, setup, firstTimeOf(message))),
    confidence: CONFIDENCE[refusal],
    provenance: refusal === "none" ? "observed" : "deduced",
    phase: phaseOf(setup.sa, exchange),
    headline: say`${kind} "${nameOf(certificate)}" of ${holder} ${validity}, ${distance}`,
    summary: joined(
      say`${holder} sent ${kind} "${nameOf(certificate)}" ${mark === null ? "in clear" : say`encrypted (${mark})`}; it ${validity}. `,
      CONSEQUENCE[refusal],
      certificate.isAuthority
        ? " It is not the peer's own certificate but one of its chain: a side that trusts a newer certificate of the same CA is not affected."
        : "",
      found.beyond < CLOCK_ERROR
        ? say` That is ${humanSpan(found.beyond)} by the clock of the capturing host: a clock that is off by so much, there or at a peer, explains it as well.`
        : "",
    ),
    evidence: evidenceOf(message, say`CERT "${nameOf(certificate)}" ${validity}`, 2),
    rivals:
      refusal === "none"
        ? []
        : [
            {
              code: "authentication-failed",
              separatedBy:
                "the log of the side that went no further: it names the validity, or another fault of identity or proof",
            },
          ],
  };
}

type Refusal = "refused" | "objected" | "stopped" | "none";

const CONFIDENCE: Readonly<Record<Refusal, Confidence>> = {
  refused: "likely",
  objected: "likely",
  stopped: "possible",
  none: "certain",
};

const CONSEQUENCE: Readonly<Record<Refusal, string>> = {
  refused: "The other side answers IKE_AUTH with an error.",
  objected: "The other side answers with INFORMATIONAL instead of going on: it does not accept it.",
  stopped: "The other side goes no further after it.",
  none: "The other side goes on all the same, or the capture does not show what it makes of it.",
};

function certificatesOf(context: TunnelContext, beyond: Beyond): Found[] {
  const { setups, capture } = context;
  // IKEv2 sends them encrypted, and IKEv1 in main mode.
  const readable = setups.filter(({ sa }) => sa.majorVersion === 1 || capture.opened !== undefined);
  const found: Found[] = [];
  for (const setup of readable) {
    for (const exchange of setup.sa.exchanges) {
      for (const message of [exchange.request, exchange.response]) {
        if (message === null) continue;
        const opened = openedOf(context, message);
        const payloads = opened?.payloads ?? message.message.payloads;
        if (payloads.some(isCertificate)) {
          found.push(
            ...inMessage(setup, exchange, { message, payloads, mark: opened?.mark ?? null }, beyond),
          );
        }
      }
    }
  }
  return found;
}

/** A message with certificates that can be read. */
interface Readable {
  readonly message: Transmission;
  readonly payloads: readonly Payload[];
  /** By which key it was opened; null in clear. */
  readonly mark: Message | null;
}

function isCertificate({ kind }: Payload): boolean {
  return kind === "certificate";
}

function inMessage(setup: Setup, exchange: Exchange, readable: Readable, beyond: Beyond): Found[] {
  const { message, payloads, mark } = readable;
  const isInitiators = (message === exchange.request) === (exchange.startedBy === "initiator");
  const holder = (isInitiators ? setup.sa.initiator : setup.sa.responder).address;
  return payloads.flatMap((payload) => {
    if (payload.kind !== "certificate" || payload.encoding !== CERT_ENCODING.X509_SIGNATURE) return [];
    const certificate = certificateOutline(payload.data);
    const time = firstTimeOf(message);
    // A clock that nobody has set says nothing of a validity.
    const found = certificate === null || !isSet(time) ? null : beyond(certificate, time);
    return certificate === null || found === null
      ? []
      : [{ setup, exchange, message, holder, mark, certificate, ...found }];
  });
}

/** The reaction of the certificate's receiver, as far as the capture shows it. */
function refusalOf({ setup, message, holder }: Found, context: TunnelContext): Refusal {
  const { sa, progress } = setup;
  if (progress.state === "up") return "none";
  if (sa.majorVersion === 2) return refusalV2(setup, holder);
  const sentAt = firstTimeOf(message);
  const receiver = holder === sa.initiator.address ? "responder" : "initiator";
  const objects = progress.later.some(({ startedBy, request }) => {
    const time = firstTimeOf(request);
    return request !== null && startedBy === receiver && time >= sentAt && time < sentAt + AT_ONCE;
  });
  if (objects) return "objected";
  const isPast = progress.state === "phase-1-up" || progress.quick.length > 0;
  const last = lastSighting(sa.exchanges.at(-1)?.response ?? sa.exchanges.at(-1)?.request ?? null);
  return !isPast && last !== undefined && silenceAfter(context, last) >= AT_ONCE ? "stopped" : "none";
}

/** In IKEv2 the answer to IKE_AUTH refuses the initiator's certificate, and an INFORMATIONAL that of the responder. */
function refusalV2({ sa, progress }: Setup, holder: string): Refusal {
  if (holder === sa.initiator.address)
    return progress.state === "authentication-refused" ? "refused" : "none";
  const objects = progress.later.some(({ startedBy }) => startedBy === "initiator");
  return objects && progress.authClass !== "one-notify" ? "objected" : "none";
}

function nameOf({ subject, serial }: CertificateOutline): Message {
  return subject === "" ? say`serial number ${serial}` : subject;
}

/** Days for what lasts for days. */
function humanSpan(micros: Micros): Message {
  const days = Math.floor(micros / CLOCK_ERROR);
  if (days === 0) return humanDuration(micros);
  return say`${days} day${days === 1 ? "" : "s"}`;
}
