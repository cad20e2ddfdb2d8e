const FLOWS =
  "flows hold no packets: tcpdump -w OUT.pcap 'udp port 500 or udp port 4500 or esp' on the gateway";
const FROM_CAPTURE = "it holds decoded fields, not the packets: ikescope the capture that it was made from";

/** First words of texts that are no dumps of packets, the kind of each text, and what to do. FILE stands for the name. */
const TEXTS: readonly (readonly [begins: RegExp, meaning: string])[] = [
  [
    /^\s*<(?:!doctype html|html|head|body)/i,
    "a web page, as a login or an error saves it in place of a download: download FILE again (curl -fLO URL)",
  ],
  [/^\s*<\?xml[^]*<pdml|^\s*<pdml/i, `PDML of tshark: ${FROM_CAPTURE}`],
  [/^\s*<\?xml[^]*<psml|^\s*<psml/i, `PSML of tshark: ${FROM_CAPTURE}`],
  // A prompt such as <Router> is none.
  [/^\s*<(?:\?xml|!--|[\w:.-]+(?:\s[^<>]*)?>\s*<)/, "XML, not packets: tcpdump -w OUT.pcap records them"],
  [
    /^\s*[[{][^]*ikescope\.(?:report|live)/,
    "a report of ikescope: ikescope the capture that it was made from",
  ],
  [/^\s*\{\s*"index"\s*:/, `JSON of tshark (-T ek): ${FROM_CAPTURE}`],
  [/^\s*\[\s*\{\s*"_index"\s*:/, `JSON of tshark (-T json): ${FROM_CAPTURE}`],
  [/^\s*\{[^]*(?:flowLog|NetworkSecurityGroupFlowEvent|"src_ip"|"connection"\s*:)/, `a flow log: ${FLOWS}`],
  // A prompt such as [root@gw ~]#, a time in brackets and {noformat} are none.
  [/^\s*(?:\{\s*["}]|\[\s*[[{"\]])/, "JSON, not packets: tcpdump -w OUT.pcap records them"],
  [
    /^version account-id interface-id|^\d+ (?:\d{12}|unknown) eni-[0-9a-f]+ /,
    `a flow log of AWS VPC: ${FLOWS}`,
  ],
  [
    /^(?:ts,te,td,|"?(?:date_?first_?seen|first_?seen|unix_secs|src_?addr|srcaddr|sa)"?[,;\t])/i,
    `a list of flows (NetFlow): ${FLOWS}`,
  ],
  [
    /^(?:1MOyo[Qg]|obLD1A|TTyyo[Qg]|obI8TQ|Cg0NC[ghi]|H4sI)[\w+/]{8}/,
    "a capture in base64: base64 -d FILE | ikescope -",
  ],
  [/^"No\."\s*,\s*"Time"/, `a packet list of Wireshark (CSV): ${FROM_CAPTURE}`],
];

/** The kind of a text that is known to show no bytes of packets, and what to do; null for a text that may. */
export function foreignText(text: string): string | null {
  const shown = text.replace(/^\u00ef\u00bb\u00bf/, "");
  return TEXTS.find(([begins]) => begins.test(shown))?.[1] ?? null;
}
