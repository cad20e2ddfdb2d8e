import { isoSecond } from "../../../bytes/time.js";
import { type CertificateTime, certificateOutline } from "../../asn1/certificate.js";
import { readFields } from "../../describe/field-reader.js";
import { type Field, hexText, numbered, plainText, shortened } from "../../describe/field.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { CertificatePayload } from "./type.js";
import { CERT_ENCODING, certificateEncodingName } from "../../registries/certificates.js";

const SHA1_LENGTH = 20;

const TEXT_OF_A_LINE = 64;

/** RFC 7296 3.6: the SHA-1 hash of the object, then where to fetch it. IKEv1 does not know these encodings. */
const HASH_AND_URL: readonly number[] = [CERT_ENCODING.HASH_AND_URL_X509, CERT_ENCODING.HASH_AND_URL_BUNDLE];

/** Certificate payload (RFC 7296 3.6, RFC 2408 3.9). */
export const certificateView: PayloadView<CertificatePayload> = {
  describe: (payload, version) => {
    const { encoding } = payload;
    const name = certificateEncodingName(version, encoding);
    return [
      {
        name: "Certificate encoding",
        value: numbered(name, encoding),
        offset: bodyOffset(payload),
        length: 1,
      },
      ...dataFields(payload),
    ];
  },
  summarize: ({ encoding, data }, version) => {
    const name = certificateEncodingName(version, encoding);
    if (HASH_AND_URL.includes(encoding) && data.length > SHA1_LENGTH) {
      return `CERT(${name}: ${shortened(plainText(data.subarray(SHA1_LENGTH)), TEXT_OF_A_LINE)})`;
    }
    const subject = encoding === CERT_ENCODING.X509_SIGNATURE ? certificateOutline(data)?.subject : undefined;
    return subject === undefined
      ? `CERT(${name}){${data.length}}`
      : `CERT(${shortened(subject, TEXT_OF_A_LINE)}){${data.length}}`;
  },
};

function dataFields(payload: CertificatePayload): Field[] {
  const { encoding, data } = payload;
  const at = bodyOffset(payload, 1);
  if (HASH_AND_URL.includes(encoding)) {
    return readFields(data, at, (reader) => {
      reader.data("SHA-1 of the object", SHA1_LENGTH);
      reader.text("URL");
    });
  }
  const field: Field = { name: "Certificate data", value: hexText(data), offset: at, length: data.length };
  const outline = encoding === CERT_ENCODING.X509_SIGNATURE ? certificateOutline(data) : null;
  if (outline === null) return [field];
  const { subject, issuer, serial, notBefore, notAfter } = outline;
  const children = [
    { name: "Subject", value: subject },
    { name: "Issuer", value: issuer },
    { name: "Serial number", value: serial },
    { name: "Not before", value: timeText(notBefore) },
    { name: "Not after", value: timeText(notAfter) },
  ];
  return [{ ...field, children }];
}

/** The time of a certificate; bytes that are none are shown as they were sent. */
function timeText({ encoded, time }: CertificateTime): string {
  return time === null ? encoded : isoSecond(time);
}
