import type { TextTable } from "../texts.js";
import { AUTHENTICATION } from "./authentication.js";
import { BROWSE } from "./browse.js";
import { CHILD } from "./child.js";
import { DECODE } from "./decode.js";
import { ERRORS } from "./errors.js";
import { ESP } from "./esp.js";
import { FACTS } from "./facts.js";
import { FLEET } from "./fleet.js";
import { GATEWAY_TEXTS } from "./gateway-texts.js";
import { HELP } from "./help.js";
import { HOST } from "./host.js";
import { LIFE } from "./life.js";
import { NAT } from "./nat.js";
import { NEGOTIATION } from "./negotiation.js";
import { NOTIFIES } from "./notifies.js";
import { PAGE } from "./page.js";
import { REACHABILITY } from "./reachability.js";
import { RECORDING } from "./recording.js";
import { REPORT } from "./report.js";
import { RUNNING } from "./running.js";
import { SIZE } from "./size.js";

/** The Chinese texts by room and rule folder, each by its English pattern. */
export const CHINESE_TABLES: Readonly<Record<string, TextTable>> = {
  report: REPORT,
  page: PAGE,
  facts: FACTS,
  notifies: NOTIFIES,
  reachability: REACHABILITY,
  negotiation: NEGOTIATION,
  authentication: AUTHENTICATION,
  child: CHILD,
  esp: ESP,
  nat: NAT,
  size: SIZE,
  life: LIFE,
  recording: RECORDING,
  host: HOST,
  fleet: FLEET,
  help: HELP,
  errors: ERRORS,
  decode: DECODE,
  "gateway-texts": GATEWAY_TEXTS,
  browse: BROWSE,
  running: RUNNING,
};

/** All Chinese texts by their English patterns. */
export const CHINESE: TextTable = Object.assign({}, ...Object.values(CHINESE_TABLES)) as TextTable;
