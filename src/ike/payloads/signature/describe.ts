import { dataView } from "../../describe/data-view.js";
import type { SignaturePayload } from "./type.js";

export const signatureView = dataView<SignaturePayload>("Signature data", ({ data }) => data);
