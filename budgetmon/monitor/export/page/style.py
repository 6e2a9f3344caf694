"""How the page of an export looks: light or dark by the reader's scheme, and fit to be printed."""

_DARK_SERIES = ("#56B4E9", "#EE8A3C", "#2BC298", "#E093C4", "#E3CF5B", "#A3A6FF", "#7FD6F2", "#9CA3AF")


def _series(colours: tuple[str, ...]) -> str:
    return "".join(f".s{place} {{ fill: {colour}; }} " for place, colour in enumerate(colours)) + (
        f".l0 {{ stroke: {colours[0]}; }}"
    )


STYLE = f"""
:root {{ color-scheme: light dark; --page: #F3F4F7; --card: #FFFFFF; --line: #DDE0E7; --text: #171A21; --muted: #596170; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: var(--page); color: var(--text); font: 14px/1.5 Inter, system-ui, sans-serif; }}
main {{ max-width: 76rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }}
h1 {{ font-size: 1.6rem; line-height: 1.2; margin: 0 0 .75rem; }}
h2 {{ font-size: 1.15rem; margin: 0 0 .5rem; }}
h3 {{ font-size: .95rem; margin: 0 0 .5rem; font-weight: 600; overflow-wrap: anywhere; }}
dl.facts {{ display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.25rem; margin: 0 0 1.25rem; }}
dt {{ color: var(--muted); }} dd {{ margin: 0; overflow-wrap: anywhere; }}
dl.figures {{ display: flex; flex-wrap: wrap; gap: .75rem; margin: 0 0 1.25rem; }}
dl.figures div, section {{ background: var(--card); border: 1px solid var(--line); border-radius: 10px; }}
dl.figures div {{ min-width: 8.5rem; padding: .6rem .9rem; white-space: nowrap; }}
dl.figures dd {{ font-size: 1.2rem; font-weight: 650; font-variant-numeric: tabular-nums; }}
section {{ padding: 1rem 1.25rem 1.25rem; margin: 0 0 1rem; }}
.note {{ color: var(--muted); margin: 0 0 .75rem; }}
.charts {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr)); gap: 1.25rem 2rem;
  margin: .5rem 0 1rem; }}
figure {{ margin: 0; break-inside: avoid; }}
figure svg {{ display: block; width: 100%; height: auto; }}
svg text {{ font-family: Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }}
.scroll {{ overflow-x: auto; }}
table {{ border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }}
th {{ text-align: left; font-weight: 600; color: var(--muted); border-bottom: 1px solid var(--line); white-space: nowrap; }}
th, td {{ padding: .25rem 1rem .25rem 0; vertical-align: top; }}
td {{ border-bottom: 1px solid var(--line); overflow-wrap: anywhere; min-width: 4rem; }}
.short {{ white-space: nowrap; }}
tr:last-child td {{ border-bottom: 0; }}
.number {{ text-align: right; white-space: nowrap; }}
@media (prefers-color-scheme: dark) {{ @media screen {{
  :root {{ --page: #121418; --card: #1B1E24; --line: #2C313B; --text: #E7E9EE; --muted: #9DA5B4; }}
  text.ink {{ fill: #E7E9EE; }} text.muted {{ fill: #9DA5B4; }}
  .grid-line {{ stroke: #2C313B; }} .muted-line {{ stroke: #9DA5B4; }} .danger-line {{ stroke: #FF7F73; }}
  .track {{ fill: #2C313B; }} .ok {{ fill: #54C78E; }} .warning {{ fill: #F0B04A; }} .danger {{ fill: #FF7F73; }}
  {_series(_DARK_SERIES)}
}} }}
@page {{ size: A4; margin: 14mm; }}
@media print {{
  :root {{ color-scheme: light; }}
  body {{ background: none; font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }}
  main {{ max-width: none; padding: 0; }}
  section {{ border: 0; padding: 0; margin: 0 0 1.5rem; }}
  h2, h3 {{ break-after: avoid; }}
  .charts {{ grid-template-columns: 1fr 1fr; }}
  .scroll {{ overflow: visible; }}
  table {{ font-size: 8.5px; }} th, td {{ padding: .15rem .5rem .15rem 0; }} td {{ min-width: 0; }}
  thead {{ display: table-header-group; }} tr {{ break-inside: avoid; }}
}}
"""
