import { linesOf } from "../../facts/host/lines.js";
import { eventsInCapture } from "../../facts/host/events.js";
import { defineHostRule } from "../../rule.js";
import { say } from "../../../texts/message.js";

/** One such line comes at the start of a daemon; more are a fault. */
const LEAST_LINES = 2;

/** The daemon no longer matches the kernel's answers with its questions. */
export const daemonNetlinkDesync = defineHostRule({
  code: "daemon-netlink-desync",
  severity: "critical",
  title: "The daemon has lost track of the kernel's answers",
  explanation:
    "The daemon gets answers of the kernel that it did not ask for any more; threads that wait for the right ones never come back.",
  signature:
    "At least two lines 'received unknown netlink seq'. Certain if the daemon's statistics show that no worker thread is idle.",
  remedies: [
    "Restart the daemon; then find what slowed the kernel: thousands of states or policies, a flush, too small a receive buffer (net.core.rmem_max).",
    "strongSwan: charon.plugins.kernel-netlink.timeout, retries, receive_buffer_size; more threads (charon.threads).",
  ],
  references: [],
  needs: ["host"],
  detect: (context) => {
    const lines = eventsInCapture(context, "netlink-unknown");
    if (lines.length < LEAST_LINES) return null;
    const { name, stats } = context.host.records;
    const stalled = stats.some(({ workersIdle }) => workersIdle === 0);
    return {
      ...(stalled ? {} : { severity: "warning" }),
      confidence: stalled ? "certain" : "likely",
      provenance: "observed",
      phase: null,
      headline: say`the daemon of ${name} gets ${lines.length} answers of the kernel that it no longer knows`,
      summary: say`${lines.length} times the daemon of ${name} ignored an answer of the kernel ('unknown netlink seq')${stalled ? ", and none of its worker threads is idle: they wait for answers that do not come" : ""}.`,
      evidence: [],
      lines: linesOf(context, lines),
    };
  },
});
