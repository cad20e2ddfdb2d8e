import { dataView } from "../../describe/data-view.js";
import type { NoncePayload } from "./type.js";

export const nonceView = dataView<NoncePayload>("Nonce data", ({ data }) => data);
