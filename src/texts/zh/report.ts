import type { TextTable } from "../texts.js";

export const REPORT: TextTable = {};
