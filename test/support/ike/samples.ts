import { V2_FLAG } from "../../../src/ike/message.js";
import { filler } from "./bytes.js";
import { ikeMessage, RESPONDER_SPI } from "./message.js";
import {
  COMMON_PHASE1,
  encryptedV1,
  keV1,
  natD,
  nonceV1,
  notifyV1,
  saV1,
  vendorIdV1,
} from "./payloads-v1.js";
import {
  certificateRequest,
  COMMON_PROPOSAL,
  deleteSas,
  ke,
  natDetection,
  nonce,
  notify,
  proposal,
  sa,
  sk,
  skf,
  vendorId,
} from "./payloads-v2.js";

const responder = { responderSpi: RESPONDER_SPI, flags: V2_FLAG.response };

/** One message of each kind that the wire shows, whole and correct. */
export const SAMPLES: Readonly<Record<string, Uint8Array>> = {
  "IKE_SA_INIT request": ikeMessage({
    exchange: 34,
    payloads: [
      sa([
        COMMON_PROPOSAL,
        proposal({
          number: 2,
          encr: [
            [20, 256],
            [20, 128],
          ],
          prf: [5, 7],
          group: [19, 31],
        }),
      ]),
      ke(),
      nonce(),
      ...natDetection(),
      notify(16430),
      notify(16431, { data: Uint8Array.of(0, 2, 0, 3, 0, 4) }),
      vendorId("882fe56d6fd20dbc2251613b2ebe5beb"),
    ],
  }),
  "IKE_SA_INIT response": ikeMessage({
    exchange: 34,
    ...responder,
    payloads: [sa(), ke(), nonce(), ...natDetection(), certificateRequest()],
  }),
  "IKE_SA_INIT refused": ikeMessage({ exchange: 34, ...responder, payloads: [notify(14)] }),
  IKE_AUTH: ikeMessage({ exchange: 35, responderSpi: RESPONDER_SPI, messageId: 1, payloads: [sk(240, 35)] }),
  "IKE_AUTH fragment": ikeMessage({
    exchange: 35,
    responderSpi: RESPONDER_SPI,
    messageId: 1,
    payloads: [skf(1, 3, 480, 35)],
  }),
  "clear delete": ikeMessage({
    exchange: 37,
    ...responder,
    messageId: 7,
    payloads: [deleteSas(3, [filler(4, 1), filler(4, 2)])],
  }),
  "main mode 1": ikeMessage({
    version: 1,
    exchange: 2,
    payloads: [
      saV1([
        COMMON_PHASE1,
        { encryption: 5, hash: 2, auth: 65001, group: 2, seconds: 3600, kilobytes: 4608000 },
      ]),
      vendorIdV1(filler(16, 9)),
    ],
  }),
  "main mode 3": ikeMessage({
    version: 1,
    exchange: 2,
    responderSpi: RESPONDER_SPI,
    payloads: [keV1(), nonceV1(), natD(), natD(filler(20, 4), true)],
  }),
  "main mode 5": ikeMessage({
    version: 1,
    exchange: 2,
    flags: 1,
    responderSpi: RESPONDER_SPI,
    payloads: [encryptedV1(64)],
  }),
  "clear informational": ikeMessage({
    version: 1,
    exchange: 5,
    responderSpi: RESPONDER_SPI,
    messageId: 0x12345678,
    payloads: [notifyV1(14, { spi: filler(16, 6), data: filler(12, 8) })],
  }),
};
