/** The peers of a tunnel as its ends see them: once where both see the same, and by "/" where a NAT is between. */
export function peersText(ends: readonly { readonly peers: readonly string[] }[]): string {
  return [...new Set(ends.map(({ peers }) => peers.join(" - ")))].join(" / ");
}
