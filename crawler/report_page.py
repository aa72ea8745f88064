"""The report as one HTML page that needs nothing else: no script, no font, no address is ever fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from crawler.report_tables import Sheet

_STYLE = """
:root { color-scheme: light dark; --line: #d5d9de; --dim: #5c6670; --bar: #9cc3f0; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4149; --dim: #9aa4ae; --bar: #2f5d92; } }
body { font: 15px/1.45 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; margin: 2rem auto; max-width: 64rem;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
p { color: var(--dim); margin: .2rem 0; } section { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .6rem; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; overflow-wrap: anywhere; white-space: normal; width: 40%; }
th { color: var(--dim); font-weight: 600; }
td.bar { background: linear-gradient(to left, var(--bar) var(--share), transparent var(--share)); }
"""

# The page loads nothing, and a browser is told to hold it to that.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, subtitle: str, sheets: Sequence[Sheet]) -> str:
    """Return the whole page."""
    body = "\n".join(map(_section, sheets))
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(title)}</h1>
<p>{escape(subtitle)}</p>
{body}
</body>
</html>
"""


def _section(sheet: Sheet) -> str:
    numbers = [row[sheet.weight] for row in sheet.rows] if sheet.weight >= 0 else []
    top = max((number for number in numbers if isinstance(number, int)), default=0)
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in sheet.heads)
    rows = "\n".join(_row(sheet, row, top) for row in sheet.rows)
    more = f"<p>{escape(sheet.more)}</p>" if sheet.more else ""
    return (
        f"<section><h2>{escape(sheet.title)}</h2>\n<table>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>{more}</section>"
    )


def _row(sheet: Sheet, row: Sequence[str | int], top: int) -> str:
    cells = []
    for place, value in enumerate(row):
        text = f"{value:,}" if isinstance(value, int) else escape(value)
        if place == sheet.weight and isinstance(value, int) and top:
            cells.append(f'<td class="bar" style="--share: {100 * value / top:.1f}%">{text}</td>')
        else:
            cells.append(f"<td>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"
