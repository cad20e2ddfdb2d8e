import { dataView } from "../../describe/data-view.js";
import type { HashPayload } from "./type.js";

export const hashView = dataView<HashPayload>("Hash data", ({ data }) => data);
