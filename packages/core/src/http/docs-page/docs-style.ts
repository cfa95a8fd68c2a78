/** The style sheet of the reference page, which allows it by its hash. */
export const DOCS_STYLE = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1c2024, #e8eaed);
  --soft: light-dark(#60646c, #9aa0a8);
  --line: light-dark(#e0e3e8, #33373d);
  --ground: light-dark(#ffffff, #16181b);
  --raised: light-dark(#f6f7f9, #1e2125);
  --accent: light-dark(#0b6e99, #5cc0ea);
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: var(--ground);
  display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem;
  border-right: 1px solid var(--line); background: var(--raised); font-size: .9rem; }
nav ul { list-style: none; margin: 0 0 1rem; padding: 0; }
nav a { display: block; padding: .15rem .5rem; border-radius: 4px; color: inherit; text-decoration: none; }
nav a:hover, nav a:focus-visible { background: var(--line); }
nav h2 { font-size: .75rem; letter-spacing: .06em; text-transform: uppercase; color: var(--soft);
  margin: 0 0 .3rem .5rem; }
main { padding: 2rem clamp(1rem, 4vw, 4rem) 6rem; max-width: 60rem; }
h1 { margin-top: 0; } h2.group { margin-top: 3rem; }
a { color: var(--accent); }
article { border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; margin: 1rem 0;
  overflow-wrap: anywhere; }
article h3 { margin: 0 0 .5rem; font-size: 1.05rem; }
article:target { border-color: var(--accent); }
.call { font: .95rem ui-monospace, monospace; margin: 0 0 .5rem; }
.method { display: inline-block; min-width: 4.2rem; font-weight: 700; color: var(--accent); }
.tag { color: var(--soft); font-size: .85rem; }
code, pre { font: .86em ui-monospace, monospace; background: var(--raised); border-radius: 4px; }
code { padding: .1em .3em; } pre { padding: .75rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
td, th { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-top: 1px solid var(--line); }
summary { cursor: pointer; color: var(--soft); }
@media (max-width: 50rem) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
}
`;
