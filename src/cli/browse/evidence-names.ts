import { basename } from "node:path";

/** Endings of captures and of what packs them. */
const ENDING = /\.(?:pcapng|pcap|cap|snoop|txt|gz|zst|xz|bz2|lz4)$/i;
/** Bytes of the capture's name in that of the extract: no file system has names above 255 bytes. */
const LONGEST_NAME = 150;
/** Files of one name. */
const SAME_NAME = 100;

/**
 * Names in the current directory for the extract of a tunnel, in the order in which they are tried: "trace-tunnel-7.pcapng",
 * "trace-tunnel-7-2.pcapng". `capture` is the file that it is of, "-" for standard input.
 */
export function evidenceNames(capture: string, tunnel: number): string[] {
  let own = capture === "-" ? "capture" : basename(capture);
  while (ENDING.test(own)) own = own.replace(ENDING, "");
  own = own.slice(0, LONGEST_NAME);
  const name = `${own === "" ? "capture" : own}-tunnel-${tunnel}`;
  return Array.from(
    { length: SAME_NAME },
    (_, index) => `${name}${index === 0 ? "" : `-${index + 1}`}.pcapng`,
  );
}
