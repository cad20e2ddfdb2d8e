/** Products and systems whose commands are known, in the order in which they are shown. */
export const PLATFORMS = [
  "strongSwan",
  "Libreswan",
  "Linux",
  "Windows",
  "Cisco IOS",
  "Cisco ASA",
  "FortiGate",
] as const;
type Platform = (typeof PLATFORMS)[number];

/**
 * One thing to look at or to set, and how it is done where it is done differently. Words in capitals stand for what the
 * reader puts in: NAME of the connection, ADDRESS of this side, PEER of the other, MSS and MTU of the finding.
 */
export interface Procedure {
  readonly title: string;
  /** Commands, or settings of the product's configuration, each as it is typed. */
  readonly commands: Readonly<Partial<Record<Platform, readonly string[]>>>;
}
