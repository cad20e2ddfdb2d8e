import { algorithmIdentifierText } from "../../asn1/algorithm.js";
import { readFields } from "../../describe/field-reader.js";
import { type Field, hexText, numbered, shortened } from "../../describe/field.js";
import { withStatus } from "../../describe/status.js";
import { type PayloadView, bodyOffset } from "../../describe/view.js";
import type { AuthenticationPayload } from "./type.js";
import { authMethodStatus } from "../../registries/algorithm-status.js";
import { AUTH_METHOD, authMethodName } from "../../registries/authentication.js";

/** Method, then three reserved bytes. */
const HEADER = 4;

const TEXT_OF_A_LINE = 48;

/** Authentication payload (RFC 7296 3.8), of method 14 with the signature algorithm (RFC 7427 3). */
export const authenticationView: PayloadView<AuthenticationPayload> = {
  describe: (payload) => {
    const { method } = payload;
    return [
      {
        name: "Authentication method",
        value: methodText(method),
        offset: bodyOffset(payload),
        length: 1,
      },
      ...dataFields(payload),
    ];
  },
  summarize: ({ method, data }) => {
    const algorithm = method === AUTH_METHOD.DIGITAL_SIGNATURE ? signatureAlgorithm(data) : null;
    return `AUTH(${algorithm === null ? authMethodName(method) : shortened(algorithm, TEXT_OF_A_LINE)})`;
  },
};

function methodText(method: number): string {
  return withStatus(numbered(authMethodName(method), method), authMethodStatus(method));
}

function dataFields(payload: AuthenticationPayload): Field[] {
  const { method, data } = payload;
  const at = bodyOffset(payload, HEADER);
  if (method !== AUTH_METHOD.DIGITAL_SIGNATURE) {
    return [{ name: "Authentication data", value: hexText(data), offset: at, length: data.length }];
  }
  return readFields(data, at, (reader) => {
    const length = reader.number("ASN.1 length", 1);
    reader.data("AlgorithmIdentifier", length, (bytes) => shortened(algorithmIdentifierText(bytes)));
    reader.data("Signature value");
  });
}

/** Name of the algorithm that the data of method 14 begins with; null where it is cut. */
function signatureAlgorithm(data: Uint8Array): string | null {
  const length = data[0];
  if (length === undefined || data.length < 1 + length) return null;
  return algorithmIdentifierText(data.subarray(1, 1 + length));
}
