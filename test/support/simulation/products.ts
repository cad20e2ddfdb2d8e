/** How an implementation keeps its time. */
export interface Product {
  readonly name: string;
  /** Seconds before each further attempt, and at last before it gives up. */
  readonly waits: readonly number[];
  /** Checks are sent only when nothing came for the interval; else always. */
  readonly checksWhenIdle: boolean;
  readonly fragments: boolean;
  /** The one who answers a rekey sends in the new pair at once; else when the old one is deleted. */
  readonly usesNewAtOnce: boolean;
  /** Moves to port 4500 without NAT too, as with MOBIKE. */
  readonly floatsAlways: boolean;
  /** Deletes an old IKE SA of the peer when it is set up anew. */
  readonly replaces: boolean;
}

export const PRODUCTS: readonly Product[] = [
  {
    name: "strongSwan",
    waits: [4, 7.2, 12.96, 23.3, 42, 75.6],
    checksWhenIdle: true,
    fragments: true,
    usesNewAtOnce: false,
    floatsAlways: true,
    replaces: true,
  },
  {
    name: "Libreswan",
    waits: [0.5, 1, 2, 4, 8, 16, 32],
    checksWhenIdle: true,
    fragments: true,
    usesNewAtOnce: true,
    floatsAlways: false,
    replaces: true,
  },
  {
    name: "Windows",
    waits: [1, 2, 4, 8, 16, 32],
    checksWhenIdle: false,
    fragments: true,
    usesNewAtOnce: true,
    floatsAlways: true,
    replaces: false,
  },
  {
    name: "Cisco",
    waits: [2, 4, 8, 16, 32, 60],
    checksWhenIdle: true,
    fragments: false,
    usesNewAtOnce: true,
    floatsAlways: false,
    replaces: true,
  },
];
