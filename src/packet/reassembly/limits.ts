/** Most memory for reassembly, whatever the capture contains. */
export interface ReassemblyLimits {
  /** Datagrams that wait for fragments at the same time. */
  readonly datagrams: number;
  /** Bytes of all waiting fragments, each with a share for bookkeeping. */
  readonly bytes: number;
  /** Bytes of one datagram, at most 65,535 (its length field has 16 bits). */
  readonly datagramBytes: number;
  /** Capture time, in microseconds, that a datagram may wait from its first fragment (RFC 8200 allows 60 s, Linux 30 s). */
  readonly timeout: number;
  /**
   * Capture time, in microseconds, for which a finished datagram is remembered, so that copies of its fragments (two
   * interfaces, a mirror port) do not open it again. Shorter than any retransmission timer of IKE.
   */
  readonly duplicateWindow: number;
}

export const DEFAULT_LIMITS: ReassemblyLimits = {
  datagrams: 1024,
  bytes: 16 * 1024 * 1024,
  datagramBytes: 65_535,
  timeout: 30_000_000,
  duplicateWindow: 200_000,
};
