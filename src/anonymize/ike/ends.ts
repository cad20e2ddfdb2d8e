/** Both ends of a packet as its headers had them before: NAT detection hashes are made of them. */
export interface Ends {
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** SPIs of a message's header, before and after. */
export interface HeaderSpis {
  readonly before: readonly [initiator: string, responder: string];
  readonly after: readonly [initiator: string, responder: string];
}
