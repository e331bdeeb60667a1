"""What was measured, as a table in Markdown and as pictures; both are made from the results alone."""

import json

from . import machine
from .pictures import bars

RESULTS = machine.ROOT / "benches" / "results"
TABLE = machine.ROOT / "benches" / "results.md"
OWN = "showcase"


def keep(part, results):
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{part}.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def write():
    """Writes the table and the pictures of every part that has results; tells their paths."""
    text = ["# Measured\n", "`benches/run` has written this page; it says at its top how to run it. Ratios compare within one run.\n"]
    written = []
    machines = {}
    for part, words in (("serve", served), ("start", started), ("export", exported)):
        file = RESULTS / f"{part}.json"
        if not file.exists():
            continue
        results = json.loads(file.read_text(encoding="utf-8"))
        lines, picture = words(results)
        path = RESULTS / f"{part}.svg"
        path.write_text(picture, encoding="utf-8")
        written.append(path)
        text += lines
        machines[part] = results["machine"]
    text += measured_on(machines)
    TABLE.write_text("\n".join(text), encoding="utf-8")
    return [it.relative_to(machine.ROOT) for it in [*written, TABLE]]


def served(results):
    who = list(results["rows"][0]["by"])
    others = [it for it in ("bare hyper", "nginx", "static-web-server") if it in who]
    who = [OWN, *others]
    spread = max(it["spread"] for row in results["rows"] for it in row["by"].values())
    lines = [
        "## Requests a second on one core\n",
        f"One core serves, one loads it with wrk over {results['connections']} connections. The servers take turns; "
        f"medians of {results['rounds']} rounds of {results['seconds']} s, which lay within {percent(spread)} of each "
        "other at most. Bare hyper sends the same bytes without looking at the request, and is what the HTTP library "
        "can do; nginx serves the exported files (`gzip_static`, `brotli_static`, `open_file_cache`, one worker, no "
        "log) with the same header fields.\n",
        "![Requests a second](results/serve.svg)\n",
        table(
            ["Request", *who, *(f"÷ {it}" for it in others)],
            [
                [row["request"], *(f"{row['by'][it]['rate']:,.0f}" for it in who),
                 *(ratio(row["by"][OWN]["rate"], row["by"][it]["rate"]) for it in others)]
                for row in results["rows"]
            ],
        ),
        "The slowest hundredth of the same requests took longer than this, in milliseconds:\n",
        table(
            ["Request", *who, *(f"÷ {it}" for it in others)],
            [
                [row["request"], *(f"{row['by'][it]['p99']:.2f}" for it in who),
                 *(ratio(row["by"][OWN]["p99"], row["by"][it]["p99"]) for it in others)]
                for row in results["rows"]
            ],
        ),
    ]
    panels = []
    for row in results["rows"]:
        own = row["by"][OWN]["rate"]
        words = lambda it: f"{row['by'][it]['rate']:,.0f}" + (f"  (× {own / row['by'][it]['rate']:.2f})" if it != OWN else "")
        panels.append((row["request"], [(it, row["by"][it]["rate"], words(it)) for it in who]))
    note = "One core serving, one loading. × is showcase against the other."
    return lines, bars("Requests a second on one core", note, panels)


def started(results):
    debounce = results["debounce"]
    lines = [
        "## Start, edit, memory\n",
        "From the start of the program to the first answer with status 200, and from the end of writing a file to the "
        "answer that shows it; files lay in the system's cache, and the figures are medians."
        + (f" Of an edit, {milliseconds(debounce)} are the time for which the watcher waits whether more follows; the "
           "part beyond that is the work." if debounce else "")
        + " Memory is what the system counts as resident: after the start, and after some edits and a request for "
        "every page.\n",
        "![Start, edit and memory](results/start.svg)\n",
        table(
            ["Projects", "Pages", "Start to first answer", "Edit to its page",
             *(["beyond the wait"] if debounce else []), "Memory at start", "after every page"],
            [
                [f"{row['projects']:,}", f"{row['pages']:,}", milliseconds(row["start"]), milliseconds(row["edit"]),
                 *([milliseconds(row["edit"] - debounce)] if debounce else []),
                 megabytes(row["memory at start"]), megabytes(row["memory after every page"])]
                for row in results["rows"]
            ],
        ),
    ]
    panel = lambda heading, key, words: (
        heading, [(f"{row['projects']:,} projects", row[key], words(row[key])) for row in results["rows"]])
    panels = [
        panel("Start to first answer", "start", milliseconds),
        panel("Edit to its page", "edit", milliseconds),
        panel("Memory after every page", "memory after every page", megabytes),
    ]
    return lines, bars("Start, edit and memory", "By the number of projects, in two languages.", panels, own=None)


def exported(results):
    lines = [
        "## A whole site as files\n",
        "The same invented projects in two languages (`benches/corpus.py`), beside Hugo with layouts that put the same "
        "things on a page; nothing compressed, no preview pictures, no JSON and Markdown beside the pages. Medians of "
        "rounds that took turns; memory is the "
        "most that was resident.\n",
        "![Time and memory of an export](results/export.svg)\n",
    ]
    rows, panels = [], []
    for row in results["rows"]:
        own, other = row["by"][OWN], row["by"]["Hugo"]
        for who, it in row["by"].items():
            rows.append([f"{row['projects']:,}", who, f"{it['pages']:,.0f}", f"{it['files']:,.0f}", megabytes(it["bytes"]),
                         seconds(it["seconds"]), seconds(it["processor"]), megabytes(it["memory"])])
        rows.append([f"{row['projects']:,}", "showcase ÷ Hugo", ratio(own["pages"], other["pages"]),
                     ratio(own["files"], other["files"]), ratio(own["bytes"], other["bytes"]),
                     ratio(own["seconds"], other["seconds"]), ratio(own["processor"], other["processor"]),
                     ratio(own["memory"], other["memory"])])
        for heading, key, words in (("time", "seconds", seconds), ("memory", "memory", megabytes)):
            panels.append((f"{row['projects']:,} projects, {heading}",
                           [(who, it[key], words(it[key])) for who, it in row["by"].items()]))
    head = ["Projects", "Program", "Pages", "Files", "Written", "Time", "Processor time", "Memory"]
    lines.append(table(head, rows))
    return lines, bars("A whole site as files", "Two languages, nothing compressed.", panels)


def measured_on(machines):
    """One table where all parts were measured in one run, one for each where not."""
    lines = ["## Measured on\n"]
    own = ("Date", "Load before")
    alike = {}
    for facts in machines.values():
        for name, value in facts.items():
            alike.setdefault(name, set()).add(value)
    head = ["", *machines]
    rows = []
    for name, values in alike.items():
        if len(values) == 1 and name not in own:
            rows.append([name, *([values.pop()] + [""] * (len(machines) - 1))])
        else:
            rows.append([name, *(facts.get(name, "") for facts in machines.values())])
    return [*lines, table(head, rows)]


def table(head, rows):
    numbers = lambda column: all(row[column][:1].isdigit() for row in rows)
    rule = ["---:" if numbers(column) else "---" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows]) + "\n"


def ratio(one, other):
    return f"{one / other:.2f}" if other else ""


def percent(share):
    return f"{share * 100:.0f}%"


def milliseconds(value):
    return f"{value * 1000:,.0f} ms"


def seconds(value):
    return f"{value:,.2f} s"


def megabytes(value):
    return f"{value / 1e6:,.0f} MB" if value >= 1e7 else f"{value / 1e6:,.1f} MB"
