import type { TextTable } from "../texts.js";
import { AUTHENTICATION } from "./authentication.js";
import { REFUSED_PHASE_1 } from "./refused-phase-1.js";
import { BROWSE } from "./browse.js";
import { CHILD } from "./child.js";
import { DECODE } from "./decode.js";
import { ERRORS } from "./errors.js";
import { ESP_ONE_WAY } from "./esp-one-way.js";
import { ESP_SEQUENCE } from "./esp-sequence.js";
import { ESP } from "./esp.js";
import { FACTS } from "./facts.js";
import { FILE_ERRORS } from "./file-errors.js";
import { FLEET } from "./fleet.js";
import { GATEWAY_TEXTS } from "./gateway-texts.js";
import { HELP_LIVE } from "./help-live.js";
import { HELP } from "./help.js";
import { HELP_HUB } from "./help-hub.js";
import { HOST } from "./host.js";
import { LADDER } from "./ladder.js";
import { LIFE } from "./life.js";
import { LIVE_ERRORS } from "./live-errors.js";
import { NAT } from "./nat.js";
import { NAT_MAPPING } from "./nat-mapping.js";
import { NEGOTIATION } from "./negotiation.js";
import { COOKIES_AND_REDIRECTS } from "./cookies-and-redirects.js";
import { NOTIFIES } from "./notifies.js";
import { OPENED } from "./opened.js";
import { PAGE } from "./page.js";
import { PLACES } from "./places.js";
import { REACHABILITY } from "./reachability.js";
import { RECORDING } from "./recording.js";
import { REKEY } from "./rekey.js";
import { REPORT } from "./report.js";
import { COMMANDS } from "./commands.js";
import { OUTAGE } from "./outage.js";
import { EXPLAIN } from "./explain.js";
import { RUNNING } from "./running.js";
import { SCAN } from "./scan.js";
import { SCREEN } from "./screen.js";
import { SIZE } from "./size.js";
import { STANDING } from "./standing.js";
import { TCP } from "./tcp.js";
import { UNANSWERED } from "./unanswered.js";
import { XFRM } from "./xfrm.js";

/** The Chinese texts by room, rule folder and subject, each by its English pattern. */
export const CHINESE_TABLES: Readonly<Record<string, TextTable>> = {
  report: REPORT,
  commands: COMMANDS,
  outage: OUTAGE,
  explain: EXPLAIN,
  screen: SCREEN,
  ladder: LADDER,
  page: PAGE,
  facts: FACTS,
  places: PLACES,
  standing: STANDING,
  opened: OPENED,
  notifies: NOTIFIES,
  reachability: REACHABILITY,
  unanswered: UNANSWERED,
  negotiation: NEGOTIATION,
  scan: SCAN,
  "cookies-and-redirects": COOKIES_AND_REDIRECTS,
  authentication: AUTHENTICATION,
  "refused-phase-1": REFUSED_PHASE_1,
  child: CHILD,
  esp: ESP,
  "esp-sequence": ESP_SEQUENCE,
  "esp-one-way": ESP_ONE_WAY,
  nat: NAT,
  "nat-mapping": NAT_MAPPING,
  size: SIZE,
  life: LIFE,
  tcp: TCP,
  rekey: REKEY,
  recording: RECORDING,
  host: HOST,
  xfrm: XFRM,
  fleet: FLEET,
  help: HELP,
  "help-hub": HELP_HUB,
  "help-live": HELP_LIVE,
  errors: ERRORS,
  "live-errors": LIVE_ERRORS,
  "file-errors": FILE_ERRORS,
  decode: DECODE,
  "gateway-texts": GATEWAY_TEXTS,
  browse: BROWSE,
  running: RUNNING,
};

/** All Chinese texts by their English patterns. */
export const CHINESE: TextTable = Object.assign({}, ...Object.values(CHINESE_TABLES)) as TextTable;
