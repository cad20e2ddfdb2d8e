/** What the page shows is in its address, so that a link leads to a tunnel, or to a frame of it. */
export interface Place {
  readonly tunnel: number;
  readonly frame: string | null;
}

export function placeOf(hash: string): Place | null {
  const [, tunnel, frame] = /^#tunnel=(\d+)(?:&frame=(\d+(?::\d+)?))?$/.exec(hash) ?? [];
  return tunnel === undefined ? null : { tunnel: Number(tunnel), frame: frame ?? null };
}

export function linkTo(tunnel: number, frame: string | null = null): string {
  return frame === null ? `#tunnel=${tunnel}` : `#tunnel=${tunnel}&frame=${frame}`;
}
