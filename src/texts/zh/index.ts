import type { TextTable } from "../texts.js";
import { REPORT } from "./report.js";

/** All Chinese texts by their English patterns. */
export const CHINESE: TextTable = { ...REPORT };
