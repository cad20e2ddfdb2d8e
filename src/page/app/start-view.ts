import { h } from "../../report/html/client/dom.js";
import { chooseButton } from "./chooser.js";
import { label } from "../../report/html/client/labels.js";

/** The page before there is a capture, or where one cannot be judged, with the reason. */
export function startView(refused: string | null, onFiles: (files: readonly File[]) => void): HTMLElement {
  return h(
    "section",
    { class: "start", "aria-label": label`Open a capture` },
    h("p", {}, label`Says what failed in an IPsec VPN, where, on which side, and what to do.`),
    refused === null ? null : h("p", { class: "refused", role: "alert" }, refused),
    h(
      "div",
      { class: "drop" },
      h("p", { class: "what" }, label`Drop a capture here`),
      chooseButton(label`Choose files`, onFiles),
      h(
        "p",
        { class: "quiet" },
        label`pcap, pcapng, snoop, or text that shows packets, gzip or not. Several files are read as one capture; of files from both ends it is told what is lost between them. What a gateway says itself (logs of charon or pluto, ip xfrm, swanctl) may be dropped beside them, and so may keys.`,
      ),
    ),
    h(
      "p",
      { class: "quiet" },
      label`The capture is read and judged in this browser. Nothing of it is sent anywhere: this page cannot load or send anything, its own policy forbids it.`,
    ),
  );
}
