/** UDP port of IKE (RFC 7296 2). */
export const IKE_PORT = 500;
/** UDP port of IKE and ESP behind a NAT (RFC 3948 2). */
export const NAT_T_PORT = 4500;
