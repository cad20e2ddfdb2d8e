/** The answers of scripted responders, and how one is started. */
import { fileURLToPath } from "node:url";
import { Background, until } from "./shell.js";
import type { Host, Topology } from "./topology.js";

/** An unprotected answer: header fields after the SPIs, and the one payload in hexadecimal. */
export interface Answer {
  nextPayload: number;
  version: number;
  exchange: number;
  flags: number;
  payload: string;
  /** Appends the nonce of the request to the payload. */
  nonce?: boolean;
}

/** INVALID_KE_PAYLOAD in an IKE_SA_INIT response, which asks for group 20 (ecp384) every time. */
export const invalidKe: Answer = {
  nextPayload: 41,
  version: 0x20,
  exchange: 34,
  flags: 0x20,
  payload: "0000000a000000110014",
};

/** INVALID_MAJOR_VERSION (5) in an IKEv2 INFORMATIONAL response, as a daemon without IKEv1 answers it. */
export const onlyVersion2: Answer = {
  nextPayload: 41,
  version: 0x20,
  exchange: 37,
  flags: 0x20,
  payload: "0000000800000005",
};

/** INVALID-MAJOR-VERSION (5) in an IKEv1 informational message, as a daemon without IKEv2 answers it. */
export const onlyVersion1: Answer = {
  nextPayload: 11,
  version: 0x10,
  exchange: 5,
  flags: 0,
  payload: "0000000c0000000101000005",
};

/** REDIRECT (16407) to an IPv4 address in an IKE_SA_INIT response; the request's nonce is to follow. */
export function redirectTo(address: string): Answer {
  const bytes = Buffer.from(address.split(".").map(Number)).toString("hex");
  const payload = `00000000000040170104${bytes}`;
  return { nextPayload: 41, version: 0x20, exchange: 34, flags: 0x20, payload, nonce: true };
}

/** Starts a scripted responder; it is ended by the returned handle. */
export async function startAnswerer(
  topology: Topology,
  host: Host,
  answer: Answer,
  address = "0.0.0.0",
): Promise<Background> {
  const script = fileURLToPath(new URL("answerer.ts", import.meta.url));
  const { nextPayload, version, exchange, flags, payload, nonce } = answer;
  const values = [nextPayload, version, exchange, flags].map(String);
  const command = [process.execPath, ...process.execArgv, script, ...values, payload, address];
  if (nonce === true) command.push("nonce");
  const answerer = new Background("ip", topology.inside(host, command));
  await until("scripted responder", () => answerer.output.includes("listening"));
  return answerer;
}
