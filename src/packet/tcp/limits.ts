/** Most memory for following TCP connections, whatever the capture contains. */
export interface TcpLimits {
  /** Segments of one direction that wait for bytes before them. */
  readonly segments: number;
  /** Bytes of these segments, each with a share for bookkeeping. */
  readonly bytes: number;
  /** Bytes of all waiting segments of all connections. */
  readonly totalBytes: number;
  /** Capture time, in microseconds, for which segments wait before the bytes before them are given up. */
  readonly timeout: number;
}

export const DEFAULT_TCP_LIMITS: TcpLimits = {
  // Segments in flight after one lost segment on a fast path: a sender fills the window before it retransmits.
  segments: 1024,
  bytes: 1024 * 1024,
  totalBytes: 16 * 1024 * 1024,
  timeout: 30_000_000,
};
