import { namer, numbersOf, type RegistryRow } from "./registry.js";

/**
 * Operations of EAP-MSCHAPv2, the most common method of IKEv2 clients. IANA has no registry of them:
 * draft-kamath-pppext-eap-mschapv2-02 section 2, as of 2007-06, is where they are written down.
 */
export const MSCHAPV2_OPERATIONS = [
  [1, "CHALLENGE", "draft-kamath-pppext-eap-mschapv2-02"],
  [2, "RESPONSE", "draft-kamath-pppext-eap-mschapv2-02"],
  [3, "SUCCESS", "draft-kamath-pppext-eap-mschapv2-02"],
  [4, "FAILURE", "draft-kamath-pppext-eap-mschapv2-02"],
  [7, "CHANGE_PASSWORD", "draft-kamath-pppext-eap-mschapv2-02"],
] as const satisfies readonly RegistryRow[];

export const MSCHAPV2_OPERATION = numbersOf(MSCHAPV2_OPERATIONS);

export const mschapv2OperationName: (operation: number) => string = namer(MSCHAPV2_OPERATIONS);
