import type { ProcedureName } from "./procedure.js";

/** Forms of captures that products give, all of which are read (capture/formats.ts). */
export const CAPTURE_FORMS = ["pcap", "pcapng", "text"] as const;
type CaptureForm = (typeof CAPTURE_FORMS)[number];

/**
 * A product or system, and how what the procedures name is done there. Each entry was found in a public document, which
 * docs/references.md names; what was found in none is left out.
 */
export interface Product {
  /** As its maker writes it. */
  readonly name: string;
  /** As the option --product takes it. */
  readonly id: string;
  /** Other words that --product takes. */
  readonly alsoCalled?: readonly string[];
  /** Names of implementations (`Implementation` in session/) that are this product, or may be it. */
  readonly implementations: readonly string[];
  /** The system it runs on, which has the commands that it has not itself. */
  readonly system?: Product;
  /** The form of what its capture commands give; "text" is a hex dump. Not there where it has none. */
  readonly captureForm?: CaptureForm;
  /**
   * Commands, settings, or where to click ("VPN > Status"), each as it is typed, the one that tells most first. Words in capitals
   * stand for what the reader puts in: NAME of the connection, ADDRESS of this side, PEER of the other, MSS and MTU of the finding.
   */
  readonly commands: Readonly<Partial<Record<ProcedureName, readonly string[]>>>;
}
