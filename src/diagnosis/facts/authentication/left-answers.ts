import type { Micros } from "../../../bytes/time.js";
import { isAccepted } from "../../../session/progress/auth-class.js";
import { firstTimeOf, lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { joined, say } from "../../../texts/message.js";
import { wouldShowEsp } from "../esp/shows-esp.js";
import { intervalsOf, typical } from "../life/setups.js";
import { wentToAnotherGateway } from "../negotiation/redirects.js";
import { carriesEspAfter, setupsOfClient } from "./same-client.js";

/** Connections that are loaded together, and stay idle, follow one another sooner. */
const PAUSE: Micros = 5_000_000;
/** An initiator tries again within this time, a person later than a daemon; a lifetime is longer. */
const TRIES_AGAIN = { withCertificate: 120_000_000, other: 30_000_000 } as const;
/** A whole answer without certificates may be that of one of several connections, which stay. */
const LEAST_SETUPS = { withCertificate: 3, other: 5 } as const;
/** Connections of one gateway that stay idle are fewer, for they share an IKE SA. */
const SURE_SETUPS = 5;

/** Setups in a row of which the initiator leaves the answer to IKE_AUTH without a word, and begins anew. */
interface LeftAnswers {
  readonly run: readonly Setup[];
  readonly withCertificate: boolean;
}

/**
 * The last setups of one client, all of them left behind a whole answer: no message, no delete and no ESP of them follows, and the
 * request was not sent again, so the answer arrived. Null where there are too few of them, or the last one is used.
 */
function leftAnswers(context: TunnelContext): LeftAnswers | null {
  const last = context.setups.at(-1);
  const newestFirst: Setup[] = [];
  for (const setup of setupsOfClient(context, last).toReversed()) {
    const next = newestFirst.at(-1);
    if (!isLeft(context, setup) || (next !== undefined && !isTriedAgain(setup, next))) break;
    newestFirst.push(setup);
  }
  const run = newestFirst.toReversed();
  const withCertificate = run.every(({ progress }) => progress.authClass === "with-certificate");
  const least = withCertificate ? LEAST_SETUPS.withCertificate : LEAST_SETUPS.other;
  return run.length < least ? null : { run, withCertificate };
}

function isLeft(context: TunnelContext, setup: Setup): boolean {
  const { sa, progress } = setup;
  const answer = progress.authentication.at(-1);
  if (sa.majorVersion !== 2 || !sa.startSeen || progress.state !== "up") return false;
  if (answer?.request?.tries !== 1 || answer.response === null || progress.later.length > 0) return false;
  return (
    isAccepted(progress.authClass) &&
    wentToAnotherGateway(setup, context) === undefined &&
    !carriesEspAfter(context, setup, firstTimeOf(answer.response))
  );
}

function isTriedAgain({ sa, progress }: Setup, { sa: next }: Setup): boolean {
  const pause = next.firstTime - lastTimeOf(progress.authentication.at(-1)?.response ?? null);
  const longest = progress.authClass === "with-certificate" ? TRIES_AGAIN.withCertificate : TRIES_AGAIN.other;
  return next.initiator.address === sa.initiator.address && pause >= PAUSE && pause <= longest;
}

/** The verdict that the initiator drops what the responder answers, and says nothing. */
export function leftAnswersVerdict(context: TunnelContext): Verdict | null {
  const found = leftAnswers(context);
  const last = found?.run.at(-1);
  if (found === null || last === undefined) return null;
  const { run, withCertificate } = found;
  const { initiator, responder } = last.sa;
  const bytes = last.progress.authentication.at(-1)?.response?.message.header.length ?? 0;
  const showsEsp = wouldShowEsp(context);
  return {
    confidence: "possible",
    doubt: showsEsp && withCertificate && run.length >= SURE_SETUPS ? "cause" : "fault",
    provenance: "inferred",
    phase: "IKE_AUTH",
    headline: say`${initiator.address} does not go on after the IKE_AUTH response, in ${run.length} setups`,
    summary: joined(
      say`${responder.address} answers IKE_AUTH each time, the last time with ${bytes} bytes. ${initiator.address} does not ask again, so the answer arrives; it sends nothing more on that IKE SA, neither a message nor a delete nor ESP, and begins another one after about ${typical(intervalsOf(run)).text}, in ${run.length} setups. `,
      withCertificate
        ? "The answer has room for certificates: a client that does not trust the gateway's certificate, or misses its own name for the gateway in it, stops without a word (Windows: error 13801). One that waits for its user, or does not know the EAP method, looks the same."
        : "It does not accept something in the answer: the responder's identity, its authentication, or what it chose for the Child SA.",
    ),
    evidence: run
      .slice(-CITED)
      .flatMap(({ progress }) =>
        evidenceOf(progress.authentication.at(-1)?.response ?? null, "IKE_AUTH response; nothing follows", 1),
      ),
    rivals: [...(showsEsp ? [] : [ESP_LEFT_OUT]), ...(withCertificate ? [EAP_WAITS, SEVERAL] : [SEVERAL])],
  };
}

const CITED = 3;

const ESP_LEFT_OUT: Rival = {
  code: "capture-filter-blind",
  separatedBy:
    "a capture without a filter: whether ESP of these setups flows, and something else ends them, such as a client that is restarted",
};

const EAP_WAITS: Rival = {
  code: "eap-stalled",
  separatedBy:
    "the client's log: whether it refuses the certificate of the gateway, or does not know the EAP method, or waits for its user",
};

const SEVERAL: Rival = {
  code: "simultaneous-initiation",
  separatedBy:
    "the SAs at both ends: gateways with several connections set up several tunnels in a row and keep them",
};
