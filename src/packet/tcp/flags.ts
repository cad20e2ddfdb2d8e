/** Control bits of a TCP segment (RFC 9293 section 3.1). */
export const TCP_FLAG = { fin: 1, syn: 2, rst: 4, ack: 16 } as const;
