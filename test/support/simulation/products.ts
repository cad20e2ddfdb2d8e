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
  /** An old IKE SA of the peer ends when it is set up anew. */
  readonly replaces: "silently" | "with delete" | "never";
}

export const PRODUCTS: readonly Product[] = [
  {
    name: "strongSwan",
    waits: [4, 7.2, 12.96, 23.3, 42, 75.6],
    checksWhenIdle: true,
    fragments: true,
    usesNewAtOnce: false,
    floatsAlways: true,
    replaces: "silently",
  },
  {
    name: "Libreswan",
    waits: [0.5, 1, 2, 4, 8, 16, 32],
    checksWhenIdle: true,
    fragments: true,
    usesNewAtOnce: true,
    floatsAlways: false,
    replaces: "silently",
  },
  {
    name: "Windows",
    waits: [1, 2, 4, 8, 16, 32],
    checksWhenIdle: false,
    fragments: true,
    usesNewAtOnce: true,
    floatsAlways: true,
    replaces: "never",
  },
  {
    name: "Cisco",
    waits: [2, 4, 8, 16, 32, 60],
    checksWhenIdle: true,
    fragments: false,
    usesNewAtOnce: true,
    floatsAlways: false,
    replaces: "with delete",
  },
  {
    name: "FortiGate",
    waits: [3, 6, 12, 9],
    checksWhenIdle: true,
    fragments: true,
    usesNewAtOnce: true,
    floatsAlways: false,
    replaces: "with delete",
  },
];
