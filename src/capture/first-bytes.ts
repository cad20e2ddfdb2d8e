import { toHex } from "../bytes/hex.js";
import { foreignText } from "./text/foreign-text.js";
import { type Message, say } from "../texts/message.js";

interface Signature {
  /** ASCII, or hex where `hex` is set. */
  readonly bytes: string;
  readonly hex?: true;
  /** Offset; the start if not given. */
  readonly at?: number;
  /** The kind of file, and the command that makes a capture of it; FILE stands for its name. */
  readonly what: string;
  readonly command: string;
}

const EDITCAP = "editcap FILE OUT.pcapng";
const UNPACK_TAR = "tar -xf FILE, then ikescope the captures that were in it";

/** First bytes of other files. */
const SIGNATURES: readonly Signature[] = [
  { bytes: "btsnoop", what: "a Bluetooth capture", command: EDITCAP },
  { bytes: "TRSNIFF", what: "a Sniffer capture", command: EDITCAP },
  { bytes: "XCP\0", what: "a NetXRay or Sniffer capture", command: EDITCAP },
  { bytes: "GMBU", what: "a Microsoft Network Monitor capture", command: EDITCAP },
  { bytes: "RTSS", what: "a Microsoft Network Monitor capture", command: EDITCAP },
  { bytes: "iptrace", what: "an AIX iptrace", command: EDITCAP },
  { bytes: "ObserverPktBuff", what: "an Observer capture", command: EDITCAP },
  { bytes: "+---------+-----", what: "a K12 text capture", command: EDITCAP },
  { bytes: "1c0001a", hex: true, what: "a hardware vendor's variant of pcap", command: EDITCAP },
  { bytes: "ac01001c", hex: true, what: "a hardware vendor's variant of pcap", command: EDITCAP },
  { bytes: "ustar", at: 257, what: "a tar archive", command: UNPACK_TAR },
  { bytes: "504b0304", hex: true, what: "a zip archive", command: "unzip -p FILE | ikescope -" },
  { bytes: "1f8b", hex: true, what: "a gzip file inside of a gzip file", command: "zcat FILE | ikescope -" },
  {
    bytes: "fd377a585a",
    hex: true,
    what: "an xz file inside of a packed file",
    command: "unpack FILE, then ikescope what was in it",
  },
  {
    bytes: "28b52ffd",
    hex: true,
    what: "a zstd file inside of a packed file",
    command: "unpack FILE, then ikescope what was in it",
  },
  {
    bytes: "425a68",
    hex: true,
    what: "a bzip2 file inside of a packed file",
    command: "unpack FILE, then ikescope what was in it",
  },
  { bytes: "1f9d", hex: true, what: "a file packed with compress", command: "gzip -dc FILE | ikescope -" },
  { bytes: "LZIP", what: "an lzip file", command: "lzip -dc FILE | ikescope -" },
  { bytes: "377abcaf", hex: true, what: "a 7z archive", command: "7z x -so FILE | ikescope -" },
  { bytes: "Rar!", what: "a rar archive", command: "unrar p -inul FILE | ikescope -" },
  {
    bytes: "a50c",
    hex: true,
    what: "flow records of nfdump",
    command: "flows hold no packets: tcpdump -w OUT.pcap on the gateway",
  },
  {
    bytes: "0ca5",
    hex: true,
    what: "flow records of nfdump",
    command: "flows hold no packets: tcpdump -w OUT.pcap on the gateway",
  },
  { bytes: "7f454c46", hex: true, what: "a program", command: "tcpdump -w OUT.pcap makes a capture" },
  { bytes: "%PDF", what: "a PDF document", command: "tcpdump -w OUT.pcap makes a capture" },
  {
    bytes: "fffe",
    hex: true,
    what: "text in UTF-16, as PowerShell writes it",
    command: "iconv -f UTF-16 -t UTF-8 FILE | ikescope -",
  },
  { bytes: "feff", hex: true, what: "text in UTF-16", command: "iconv -f UTF-16 -t UTF-8 FILE | ikescope -" },
];

/** An ETL file begins with a trace buffer: its header is 72 bytes long, then comes that of the log, marked by 0xc0. */
const ETL = { header: 72, flagsAt: 75, flags: 0xc0, largestBuffer: 16 * 1024 * 1024 } as const;

/**
 * Says in a sentence what a file that is no capture seems to be, from its first bytes (512, or all), and the one command that
 * makes a capture of it; null where it is text that may show packets as dumps.
 */
export function describeFirstBytes(bytes: Uint8Array, file: string): Message | null {
  const hex = toHex(bytes.subarray(0, 16));
  const text = String.fromCharCode(...bytes);
  for (const { bytes: signature, hex: isHex, at = 0, what, command } of SIGNATURES) {
    if (isHex === true ? hex.startsWith(signature) : text.startsWith(signature, at)) {
      return say`not a capture: ${what}: ${forFile(command, file)}`;
    }
  }
  if (isEtl(bytes))
    return say`not a capture: ${"a Windows event trace (ETL)"}: ${forFile("etl2pcapng FILE OUT.pcapng", file)}`;
  if (bytes.every((byte) => byte === 0)) {
    return say`not a capture: it begins with ${bytes.length} zero bytes, as a file does whose data were never written`;
  }
  if (!isText(bytes)) {
    return say`not a capture: its first bytes are ${hex}; if Wireshark opens it: ${forFile(EDITCAP, file)}`;
  }
  const foreign = foreignText(text);
  return foreign === null ? null : say`not a capture: ${forFile(foreign, file)}`;
}

function forFile(command: string, file: string): string {
  return command.replaceAll("FILE", () => shellWord(file));
}

/** A file's name as it is to be typed in a shell; what came through a pipe has none. */
function shellWord(name: string): string {
  if (name === "-") return "FILE";
  if (/^[\w@%+=:,./-]+$/.test(name) && !name.startsWith("-")) return name;
  return `'${name.replaceAll("'", String.raw`'\''`)}'`;
}

function isEtl(bytes: Uint8Array): boolean {
  if (bytes.length <= ETL.flagsAt) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [buffer, used] = [view.getUint32(0, true), view.getUint32(4, true)];
  const isBuffer = buffer >= 1024 && buffer <= ETL.largestBuffer && buffer % 1024 === 0;
  return isBuffer && used >= ETL.header && used <= buffer && bytes[ETL.flagsAt] === ETL.flags;
}

/** Whether these are characters: UTF-8, whose last one may be cut, or an older code, whose texts of packets are mostly ASCII. */
function isText(bytes: Uint8Array): boolean {
  let beyond = 0;
  for (const byte of bytes) {
    const isControl = byte < 0x20 && !(byte >= 8 && byte <= 13) && byte !== 0x1b;
    if (isControl || byte === 0x7f) return false;
    if (byte > 0x7f) beyond++;
  }
  return beyond * 4 <= bytes.length || isUtf8(bytes);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
