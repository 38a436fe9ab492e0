/** How the pages look: calm, readable for hours, light and dark, on paper too. */
export const style: string = `:root {
  color-scheme: light dark;
  --page: #fdfdfb;
  --box: #f4f4ef;
  --line: #d9d8d0;
  --text: #1f2328;
  --quiet: #5a606a;
  --link: #0b4f9e;
  --comment: #4f6b4a;
  --mark: #fff3c4;
  --good: #1a6b35;
  --bad: #a81d1d;
  --stale: #7d4a00;
  --bad-box: #fdeceb;
  --stale-box: #fff4dd;
  --none-box: #eef1f5;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16181c;
    --box: #1f2227;
    --line: #363b43;
    --text: #e3e4e6;
    --quiet: #a3a9b3;
    --link: #8ab8ff;
    --comment: #9cc095;
    --mark: #463c12;
    --good: #7fd597;
    --bad: #ff9c94;
    --stale: #f2c074;
    --bad-box: #3b1f1f;
    --stale-box: #3a2d14;
    --none-box: #262b33;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; display: block; padding: .5rem 1rem; }
header { border-bottom: 1px solid var(--line); padding: .6rem 1.5rem; }
header ol {
  display: flex;
  flex-wrap: wrap;
  gap: .2rem .5rem;
  margin: 0;
  padding: 0;
  list-style: none;
  font-size: .9rem;
}
header li + li::before { content: "/"; color: var(--quiet); margin-right: .5rem; }
.columns { display: block; padding: 0 1.5rem; }
main { min-width: 0; padding-bottom: 5rem; }
.contents { font-size: .875rem; padding: 1rem 0; border-bottom: 1px solid var(--line); }
.contents ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem .9rem; }
.contents a { text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.contents a[aria-current] { color: var(--text); font-weight: 600; }
.label { color: var(--quiet); font-size: .8rem; margin: 0 0 .3rem; }
.entries { margin-top: .8rem; }
.entries ul { max-height: 6.5rem; overflow-y: auto; }
@media (min-width: 64rem) {
  .columns { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 2rem; }
  .contents { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; border: 0; padding: 1.5rem 0; }
  .contents ul { display: block; }
  .contents li { padding: .1rem 0; }
  .entries ul { max-height: none; overflow: visible; }
}
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; margin: 1.4rem 0 1rem; }
h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; margin: 2.8rem 0 .6rem; }
h3 { font-size: 1rem; font-weight: 650; margin: 1.5rem 0 .4rem; }
h4 { font-size: .95rem; margin: 1.2rem 0 .3rem; }
p, ul, ol { margin: .6rem 0; }
main > p, main section > p, main li { max-width: 46rem; }
.says { font-size: 1.05rem; }
.quiet { color: var(--quiet); font-size: .9rem; }
.anchor { color: var(--quiet); text-decoration: none; font-weight: 400; opacity: 0; }
h2:hover .anchor, h3:hover .anchor, .anchor:focus { opacity: 1; }
code, pre, .place { font-family: var(--mono); font-size: .8125rem; }
.place { color: var(--quiet); white-space: nowrap; }
.hash { font-size: .75rem; }
pre {
  background: var(--box);
  border: 1px solid var(--line);
  border-radius: 4px;
  padding: .6rem .8rem;
  line-height: 1.5;
  margin: .4rem 0;
  overflow-wrap: normal;
}
.scroll { overflow-x: auto; max-width: 100%; }
pre.source { padding: .5rem 0; tab-size: 4; }
pre.source .line {
  display: block;
  width: max-content;
  min-width: 100%;
  padding-right: .8rem;
}
pre.source .line:target { background: var(--mark); outline: 2px solid var(--stale); }
pre.source .marked { background: var(--mark); }
pre.source .number {
  display: inline-block;
  width: 3.4rem;
  padding-right: .9rem;
  text-align: right;
  color: var(--quiet);
  text-decoration: none;
  user-select: none;
}
pre.source .number:hover { text-decoration: underline; }
pre.source .comment { color: var(--comment); }
.marked .comment { color: var(--text); }
.gap { display: block; color: var(--quiet); padding-left: 2rem; }
figure { margin: .8rem 0; }
figcaption { font-size: .9rem; }
.beside pre { font-size: .75rem; }
.beside pre.source .number { width: 2.6rem; padding-right: .6rem; }
.beside { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 1.5rem; }
@media (min-width: 85rem) { .beside { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
.rule, section { scroll-margin-top: 1rem; }
table {
  border-collapse: collapse;
  font-size: .875rem;
  line-height: 1.4;
  font-variant-numeric: tabular-nums;
  overflow-wrap: normal;
}
caption { text-align: left; color: var(--quiet); padding: .3rem 0; }
th, td {
  text-align: left;
  vertical-align: top;
  padding: .35rem .8rem .35rem 0;
  border-bottom: 1px solid var(--line);
  max-width: 34rem;
}
th { font-weight: 600; white-space: nowrap; border-bottom-color: var(--quiet); }
th.number, td.number { text-align: right; white-space: nowrap; }
td pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
tr:target, section:target, li:target, h2:target, h3:target { background: var(--mark); }
main > .scroll { margin: 1rem 0; }
.notice {
  border-left: 4px solid var(--quiet);
  background: var(--none-box);
  padding: .6rem .9rem;
  margin: 1rem 0;
  max-width: 52rem;
}
.notice.bad { border-color: var(--bad); background: var(--bad-box); }
.notice.stale { border-color: var(--stale); background: var(--stale-box); font-size: 1.05rem; }
.pass { color: var(--good); font-weight: 600; }
.fail { color: var(--bad); font-weight: 600; }
span.stale { color: var(--stale); font-weight: 600; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
.chart { background: var(--box); border: 1px solid var(--line); border-radius: 4px; }
svg { display: block; font-family: var(--mono); font-size: 11.5px; }
svg text { fill: var(--text); }
svg .lane { font-weight: 700; font-size: 13px; }
svg .lifeline { stroke: var(--quiet); stroke-width: 1; }
svg .rule { stroke: var(--line); stroke-width: 1; }
svg .event { fill: var(--link); }
svg .message { stroke: var(--link); stroke-width: 1.4; }
svg .arrowhead { fill: var(--link); }
svg .label { font-size: 10.5px; paint-order: stroke; stroke: var(--box); stroke-width: 4px; }
svg a text { fill: var(--link); }
svg .change { fill: var(--text); }
.steps { padding-left: 2.2rem; }
.steps > li { max-width: none; margin: .5rem 0; }
.changes { white-space: pre-wrap; overflow-wrap: anywhere; }
@media print {
  :root {
    --page: #fff;
    --box: #fff;
    --text: #000;
    --quiet: #444;
    --link: #000;
    --line: #bbb;
    --mark: #eee;
    --comment: #333;
  }
  body { font-size: 10pt; }
  .contents, .skip, .anchor { display: none; }
  .columns { display: block; padding: 0; }
  pre, .scroll { white-space: pre-wrap; overflow: visible; }
  h2, h3, figcaption { break-after: avoid; }
  tr, figure { break-inside: avoid; }
}
`;
