import { hex32 } from "../../../bytes/hex.js";
import { humanDuration } from "../../../bytes/time.js";
import { joined, say } from "../../../texts/message.js";
import { carrierOf } from "../../facts/esp/esp-directions.js";
import { notDecrypted } from "../../facts/esp/not-decrypted.js";
import { lastOf } from "../../facts/sides.js";
import { defineRule } from "../../rule.js";

/** So many packets without a copy are no loss of the sniffer. */
const SURE = 10;

/** ESP that comes to a gateway which shows what it decrypts, and of which it shows nothing any more. */
export const espNotDecrypted = defineRule({
  code: "esp-not-decrypted",
  severity: "critical",
  title: "ESP arrives and is not decrypted",
  explanation:
    "On a Linux gateway a sniffer sees what comes in twice: as ESP, and once more in clear when it has been decrypted. Here the packets in clear are missing: the gateway receives ESP and drops it before or while it is decrypted.",
  signature:
    "ESP of one size comes to the capturing gateway; up to one moment a packet in clear follows nearly each of them, and six or more in 3 s or more have none, nor is there ESP of the gateway right behind these, which would answer them. Possible unless the inner network is seen to go on asking in clear.",
  remedies: [
    "At that gateway: 'cat /proc/net/xfrm_stat' twice while packets come: XfrmInNoStates (no SA of this SPI any more), XfrmInStateProtoError (the integrity check fails), XfrmInStateSeqError (replays) or XfrmInStateMismatch grows.",
    "Compare the SPI in the finding with 'ip -s xfrm state': if the SA is missing, it was deleted or never installed at this side, and the other side still uses it.",
    "A firewall rule that drops protocol 50 or UDP 4500 on that gateway ('nft list ruleset', 'iptables -vnL INPUT') has the same effect: do its counters grow?",
  ],
  commands: ["status", "firewall"],
  references: ["RFC 4301 section 5.2"],
  needs: ["all-packets"],
  yieldsTo: ["esp-one-way", "esp-stale-spi", "esp-sequence-restart", "esp-integrity-failed"],
  onlyWith: ["esp", "clear-flows"],
  detect: (context) => {
    const found = notDecrypted(context);
    if (found === null) return null;
    const { direction, stream, lastCopy, without, isAskedInClear } = found;
    const { source, destination } = direction;
    const carrier = carrierOf(stream);
    const span = humanDuration(stream.lastTime - lastCopy.lastTime);
    return {
      confidence: isAskedInClear && without >= SURE ? "likely" : "possible",
      provenance: "deduced",
      phase: "ESP",
      headline: say`${destination} receives ${carrier} of ${source} and no longer decrypts it (at least ${without} packets in ${span})`,
      summary: joined(
        say`Up to one moment a packet in clear (${lastCopy.source} -> ${lastCopy.destination}) follows each ${carrier} packet of ${source}, as ${destination} decrypts it; behind it ${carrier} of the same size goes on and none follows. `,
        say`So ${source} answers and the path is open: the packets of SPI ${hex32(stream.spi)} are dropped at ${destination}.`,
      ),
      evidence: [
        {
          frame: lastCopy.lastFrame,
          time: lastCopy.lastTime,
          nanos: 0,
          text: say`the last packet in clear behind its ${carrier}`,
        },
        lastOf(stream, say`${carrier} of ${source} still arrives`),
      ],
      rivals: [
        {
          code: "capture-filter-blind",
          separatedBy: say`whether the capture filter lets all packets in clear pass; or the counters of ${destination}: if 'ip -s xfrm state' counts up for this SPI, it decrypts them`,
        },
      ],
    };
  },
});
