import { counterOf } from "../../facts/host/kernel.js";
import { dumpLine } from "../../facts/host/lines.js";
import { xfrmCounter } from "../../facts/host/xfrm-counters.js";
import { defineHostRule } from "../../rule.js";
import { listed, say, verbatim } from "../../../texts/message.js";

/** Fewer packets are dropped on a healthy gateway too: at a rekey, at the first packet of a trap, by a scan of the internet. */
const LEAST_PACKETS = 3;
const MOST_COUNTERS = 5;

/** The kernel counts packets that it drops, and nothing else here says which. */
export const xfrmCounterUnexplained = defineHostRule({
  code: "xfrm-counter-unexplained",
  severity: "warning",
  title: "The kernel drops packets for a reason that no other finding explains",
  explanation:
    "A counter of /proc/net/xfrm_stat says that IPsec in the kernel dropped packets, and why. It counts for the whole host: which tunnel they belong to, it does not say.",
  signature:
    "A counter grew by at least 3 from one reading to the next, and none of the findings that explain it is told of any tunnel. Only a note for less, for packets that a policy blocks, and for a single reading: that counts since the host was started. Not said for counters that stand still.",
  remedies: [
    "Read it twice while traffic flows, and give both: cat /proc/net/xfrm_stat; sleep 10; cat /proc/net/xfrm_stat.",
    "Give the other dumps of the host too: ip -s xfrm state nokeys, ip xfrm policy, and the daemon's log.",
    "Which packets? perf record -e skb:kfree_skb -ag, or dropwatch, while the counter grows.",
  ],
  references: [],
  needs: ["host"],
  per: "last",
  detect: ({ host, told }) => {
    const { name, counters } = host.records;
    const names = [...(counters.at(-1)?.values.keys() ?? [])];
    const left = names.flatMap((counter) => {
      const found = counterOf(host.records, counter);
      const { counts, explainedBy, isEveryday = false } = xfrmCounter(counter);
      const more = found === null ? 0 : (found.growth ?? found.value);
      const isExplained = explainedBy.some((code) => told?.has(code) === true);
      return found === null || more === 0 || isExplained
        ? []
        : [{ ...found, more, counter: verbatim(counter), counts, isEveryday }];
    });
    const grown = left.filter(({ growth }) => growth !== null);
    const shown = (grown.length > 0 ? grown : left)
      .toSorted((a, b) => b.more - a.more)
      .slice(0, MOST_COUNTERS);
    if (shown.length === 0) return null;
    const isNow = grown.length > 0;
    const isMany = shown.some(({ more, isEveryday }) => more >= LEAST_PACKETS && !isEveryday);
    const each = shown.map(({ counter, more }) =>
      isNow ? say`${counter} +${more}` : say`${counter} ${more}`,
    );
    const meaning = shown.map(({ counter, more, counts }) => say`${counter} ${more}: packets ${counts}`);
    return {
      ...(isNow && isMany ? {} : { severity: "info" }),
      confidence: isNow ? "likely" : "possible",
      provenance: "observed",
      phase: null,
      headline: isNow
        ? say`the kernel of ${name} drops packets that nothing here explains: ${listed(each)}`
        : say`the kernel of ${name} has dropped packets since it was started: ${listed(each)}`,
      summary: isNow
        ? say`From one reading to the next the kernel of ${name} counted drops that no other finding explains. ${listed(meaning, "statements")}.`
        : say`There is one reading, so these may be from long ago. ${listed(meaning, "statements")}.`,
      evidence: [],
      lines: shown.map(({ source, counter, value, growth }) =>
        dumpLine(
          source,
          growth === null ? say`${counter} ${value}` : say`${counter} ${value}, ${growth} more than before`,
        ),
      ),
    };
  },
});
