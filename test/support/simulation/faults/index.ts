import type { Fault } from "./fault.js";
import { OF_LOGIN } from "./of-login.js";
import { OF_RETURN } from "./of-return.js";
import { OF_SETUP } from "./of-setup.js";
import { OF_TRAFFIC } from "./of-traffic.js";

export type { Fault } from "./fault.js";

export const FAULTS: readonly Fault[] = [...OF_SETUP, ...OF_TRAFFIC, ...OF_LOGIN, ...OF_RETURN];
