import { hostDropsOutbound } from "./host-drops-outbound.js";
import { daemonDeaf } from "./daemon-deaf.js";
import { hostDropsInbound } from "./host-drops-inbound.js";
import { kernelInstallFailed } from "./kernel-install-failed.js";
import { daemonNetlinkDesync } from "./daemon-netlink-desync.js";
import { peerConfigMissing } from "./peer-config-missing.js";
import { xfrmTemplateMismatch } from "./xfrm-template-mismatch.js";
import { xfrmNoState } from "./xfrm-no-state.js";
import { xfrmNoPolicy } from "./xfrm-no-policy.js";
import { espDroppedBeforeXfrm } from "./esp-dropped-before-xfrm.js";
import { kernelDaemonDisagree } from "./kernel-daemon-disagree.js";
import { evidenceOfAnotherHost } from "./evidence-of-another-host.js";
import { evidenceClockUnknown } from "./evidence-clock-unknown.js";
import { evidenceClockShifted } from "./evidence-clock-shifted.js";
import { evidenceLogPartial } from "./evidence-log-partial.js";
import { xfrmCounterUnexplained } from "./xfrm-counter-unexplained.js";

/** The rules of this folder. */
export const HOST = {
  "host-drops-outbound": hostDropsOutbound,
  "daemon-deaf": daemonDeaf,
  "host-drops-inbound": hostDropsInbound,
  "kernel-install-failed": kernelInstallFailed,
  "daemon-netlink-desync": daemonNetlinkDesync,
  "peer-config-missing": peerConfigMissing,
  "xfrm-template-mismatch": xfrmTemplateMismatch,
  "xfrm-no-state": xfrmNoState,
  "xfrm-no-policy": xfrmNoPolicy,
  "esp-dropped-before-xfrm": espDroppedBeforeXfrm,
  "kernel-daemon-disagree": kernelDaemonDisagree,
  "evidence-of-another-host": evidenceOfAnotherHost,
  "evidence-clock-unknown": evidenceClockUnknown,
  "evidence-clock-shifted": evidenceClockShifted,
  "evidence-log-partial": evidenceLogPartial,
  "xfrm-counter-unexplained": xfrmCounterUnexplained,
};
