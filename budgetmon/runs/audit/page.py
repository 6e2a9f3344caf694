"""The audit's report as one HTML page: no other file, light or dark by the reader's scheme, and fit to be printed."""

from __future__ import annotations

from html import escape

from budgetmon.runs.audit.claims import Result, Verdict
from budgetmon.runs.audit.report import AuditReport

_MARKS = {Verdict.PASS: ("ok", "✓"), Verdict.FAIL: ("bad", "✗"), Verdict.NOT_POSSIBLE: ("none", "")}

_STYLE = """
:root { color-scheme: light dark; --page: #F3F4F7; --card: #FFFFFF; --line: #DDE0E7; --text: #171A21; --muted: #596170;
  --ok: #17734A; --ok-soft: #E2F3EA; --bad: #B0261E; --bad-soft: #FBE9E7; --none: #596170; --none-soft: #EBEDF2; }
@media (prefers-color-scheme: dark) { :root { --page: #14161B; --card: #1C1F26; --line: #333844; --text: #E8EAEF;
  --muted: #A0A7B5; --ok: #5CC795; --ok-soft: #17332A; --bad: #FF8A80; --bad-soft: #43211F; --none: #A0A7B5;
  --none-soft: #2A2E38; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 Inter, system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.1rem; margin: 0 0 1rem; color: var(--muted); font-weight: 600; }
.verdict { font-size: 1.75rem; line-height: 1.25; font-weight: 650; margin: 0 0 .75rem; }
.verdict.ok { color: var(--ok); } .verdict.bad { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.25rem; margin: 0 0 2rem; }
dt { color: var(--muted); } dd { margin: 0; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem;
  margin: 0 0 .75rem; break-inside: avoid; }
header { display: flex; gap: .75rem; align-items: baseline; justify-content: space-between; }
h2 { font-size: 1.05rem; margin: 0; }
.mark { font-size: .85rem; font-weight: 600; white-space: nowrap; padding: .1rem .6rem; border-radius: 99px; }
.mark.ok { color: var(--ok); background: var(--ok-soft); } .mark.bad { color: var(--bad); background: var(--bad-soft); }
.mark.none { color: var(--none); background: var(--none-soft); }
p { margin: .35rem 0; } .did { color: var(--muted); font-size: .92rem; }
table { border-collapse: collapse; margin: .6rem 0 0; font-variant-numeric: tabular-nums; font-size: .92rem; }
td { padding: .15rem 1.5rem .15rem 0; vertical-align: top; } td:first-child { color: var(--muted); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--bad-soft); padding: .6rem .8rem; border-radius: 6px;
  margin: .6rem 0 0; font-size: .85rem; }
@media print { body { background: none; } main { padding: 0; } }
"""


def page(report: AuditReport) -> str:
    """The whole report. Everything that was measured is escaped."""
    mood = "ok" if report.passed else "bad"
    facts = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in report.facts)
    # Failures first: they are what the reader is here for.
    ordered = sorted(report.results, key=lambda result: result.verdict is not Verdict.FAIL)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>budgetmon audit</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>\n<body><main>'
        f'<h1>budgetmon audit</h1>\n<p class="verdict {mood}">{escape(report.headline)}</p>\n<dl>{facts}</dl>\n'
        + "\n".join(map(_article, ordered))
        + "\n</main></body></html>\n"
    )


def _article(result: Result) -> str:
    look, mark = _MARKS[result.verdict]
    verdict = f"{mark} {result.verdict}".strip()
    figures = "".join(f"<tr><td>{escape(figure.name)}</td><td>{escape(figure.value)}</td></tr>" for figure in result.figures)
    return (
        f'<article><header><h2>{escape(result.claim.title)}</h2><span class="mark {look}">{verdict}</span>'
        f"</header><p>{escape(result.claim.claimed)}</p>"
        + (f'<p class="did">Done, in {result.seconds:.1f} s: {escape(result.did)}</p>' if result.did else "")
        + (f"<table>{figures}</table>" if figures else "")
        + (f"<pre>{escape(result.detail)}</pre>" if result.detail else "")
        + "</article>"
    )
