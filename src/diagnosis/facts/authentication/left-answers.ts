import type { TunnelContext } from "../../context.js";
import { evidenceOf } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { joined, say } from "../../../texts/message.js";
import { wouldShowEsp } from "../esp/shows-esp.js";
import { intervalsOf, typical } from "../life/setups.js";
import { areWithCertificate, leftSetups } from "./left-setups.js";

/** Connections of one gateway that stay idle are fewer, for they share an IKE SA. */
const SURE_SETUPS = 5;
/** The last of them that the evidence shows. */
const CITED = 3;

/** The verdict that the initiator drops what the responder answers, and says nothing. */
export function leftAnswersVerdict(context: TunnelContext): Verdict | null {
  const run = leftSetups(context);
  const last = run.at(-1);
  if (last === undefined) return null;
  const withCertificate = areWithCertificate(run);
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
        ? "The answer has room for certificates: a client that does not trust the gateway's certificate, or misses its own name for the gateway in it, stops without a word (Windows: error 13801; Libreswan: a certificate that has expired or whose CA it does not know). One that waits for its user, or does not know the EAP method, looks the same."
        : "It does not accept something in the answer: the responder's identity, its authentication, or what it chose for the Child SA. A gateway that begins EAP and sends no certificate looks the same: iOS does not ask for one and needs it (strongSwan: send_cert = always).",
    ),
    evidence: run
      .slice(-CITED)
      .flatMap(({ progress }) =>
        evidenceOf(progress.authentication.at(-1)?.response ?? null, "IKE_AUTH response; nothing follows", 1),
      ),
    rivals: [...(showsEsp ? [] : [ESP_LEFT_OUT]), EAP_WAITS, SEVERAL],
  };
}

const ESP_LEFT_OUT: Rival = {
  code: "capture-filter-blind",
  separatedBy:
    "a capture without a filter: whether ESP of these setups flows, and something else ends them, such as a client that is restarted",
};

export const EAP_WAITS: Rival = {
  code: "eap-stalled",
  separatedBy:
    "the client's log: whether it refuses the certificate of the gateway, or does not know the EAP method, or waits for its user",
};

const SEVERAL: Rival = {
  code: "simultaneous-initiation",
  separatedBy:
    "the SAs at both ends: gateways with several connections set up several tunnels in a row and keep them",
};
