"""Bars as SVG, in the site's two inks: vermilion for the program, indigo for what exists beside it.

A picture brings its own ground and follows the reader's colour scheme, wherever it is shown.
"""

from html import escape

WIDTH = 760
LEFT = 190
RIGHT = 170
BAR = 18
STEP = 26
STYLE = """
.g{fill:#f6f1e6}.t{fill:#1b1a2b}.q{fill:#5b586b}.i{fill:#27349b}.v{fill:#e8432a}.r{stroke:#d8d0bf}
text{font:14px system-ui,sans-serif}.h{font-weight:700}.s{font-size:13px}
@media (prefers-color-scheme:dark){
.g{fill:#131218}.t{fill:#efe9dc}.q{fill:#a9a4b5}.i{fill:#8794f4}.v{fill:#ff6643}.r{stroke:#34313f}}
"""


def bars(title, note, panels, own="showcase"):
    """A picture of panels, each a heading with bars on a scale of their own: who, how much, the same in words.

    `own` is who is painted in vermilion; `None` where everybody is.
    """
    parts = []
    y = 62
    for heading, rows in panels:
        y += 30
        parts.append(f'<text class="t h" x="24" y="{y}">{escape(heading)}</text>')
        y += 12
        top = y
        most = max(value for _, value, _ in rows) or 1
        for who, value, words in rows:
            ink = "v" if own in (who, None) else "i"
            length = max(2, round((WIDTH - LEFT - RIGHT) * value / most))
            middle = y + BAR - 4
            parts.append(f'<text class="t s" x="{LEFT - 12}" y="{middle}" text-anchor="end">{escape(who)}</text>')
            parts.append(f'<rect class="{ink}" x="{LEFT}" y="{y}" width="{length}" height="{BAR}"/>')
            parts.append(f'<text class="t s" x="{LEFT + length + 8}" y="{middle}">{escape(words)}</text>')
            y += STEP
        parts.append(f'<path class="r" d="M{LEFT}.5 {top - 4}V{y - 4}"/>')
    height = y + 20
    said = "; ".join(f"{heading}: " + ", ".join(f"{who} {words}" for who, _, words in rows) for heading, rows in panels)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title>',
        f'<desc id="d">{escape(said)}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="g" width="{WIDTH}" height="{height}" rx="6"/>',
        f'<text class="t h" x="24" y="36" style="font-size:18px">{escape(title)}</text>',
        f'<text class="q s" x="24" y="58">{escape(note)}</text>',
        *parts,
        "</svg>",
        "",
    ])
