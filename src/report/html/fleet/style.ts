/** The style of the page of `ikescope hub`; the policy of the page allows it by its hash. */
export const FLEET_STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 1rem auto; padding: 0 1rem; max-width: 90rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 1.5rem; }
h1 span { margin-right: 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #8884; }
td { overflow-wrap: anywhere; }
td > span { white-space: nowrap; }
.failing, .critical { color: light-dark(#b00020, #ff8a80); font-weight: 600; }
.degraded, .warning, .down { color: light-dark(#8a5a00, #ffcc66); font-weight: 600; }
.working { color: light-dark(#1b6e2c, #8fdc9a); }
`;
