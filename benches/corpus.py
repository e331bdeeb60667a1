#!/usr/bin/env python3
"""Invents a site of any size, the same one every time: `benches/corpus.py 10000 DIR`.

DIR/showcase is a content folder of this program, with its own event, labels and glossary around the invented
projects; DIR/hugo is the same content for Hugo, with layouts that put the same things on a page: the list, the topics,
a page for each project with its facts, figures, steps, text, neighbours and related projects, in two languages.
"""

import pathlib
import random
import re
import shutil
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHIPPED = ROOT / "content"
LAYOUTS = ROOT / "benches" / "hugo"
SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주"
NOUNS = [
    ("데이터", "data"), ("연산력", "computing power"), ("저장 공간", "storage"), ("소득", "income"), ("이용자", "users"),
    ("거래", "transactions"), ("기록", "records"), ("게임", "games"), ("토큰", "tokens"), ("네트워크", "the network"),
    ("자산", "assets"), ("권리", "rights"), ("기기", "devices"), ("합의", "consensus"), ("시장", "markets"),
]
VERBS = [
    ("나눈다", "shares"), ("확인한다", "checks"), ("적는다", "records"), ("빌려준다", "lends"), ("모은다", "gathers"),
    ("옮긴다", "moves"), ("판다", "sells"), ("지킨다", "keeps"), ("잇는다", "links"), ("잰다", "measures"),
]
TERMS = ["pos", "node", "mining", "consensus", "public-chain"]
TOPICS = ["infrastructure", "sharing", "content", "games", "data", "business", "assets", "rights"]


class Invented:
    """One project, as both programs are told of it."""

    def __init__(self, number):
        dice = random.Random(number)
        self.number = number
        self.slug = f"project-{number:05}"
        self.name = f"{''.join(dice.choices(SYLLABLES, k=3))} {number}", f"Project {number}"
        self.topics = sorted(dice.sample(TOPICS, 2), key=TOPICS.index)
        self.sentences = [self.sentence(dice) for _ in range(44)]
        self.figures = [(f"figure-{index}", dice.randrange(10, 10 ** dice.randrange(2, 11))) for index in range(3)]
        self.linked = f"project-{dice.randrange(1, number + 1):05}"
        self.terms = dice.sample(TERMS, 2)
        self.shape = dice.randrange(2, 6), dice.randrange(2, 6), dice.randrange(7, 11)

    @staticmethod
    def sentence(dice):
        one, other = dice.sample(NOUNS, 2)
        verb = dice.choice(VERBS)
        return f"{one[0]}와 {other[0]}에 관한 것을 {verb[0]}.", f"It {verb[1]} what concerns {one[1]} and {other[1]}."

    def text(self, start, count, language):
        return " ".join(sentence[language] for sentence in self.sentences[start:start + count])

    def prose(self, language, term, project):
        """The write-up; `term` and `project` write links in the program's own way."""
        words = (
            ("이름의 뜻", "방법", "시장", "앞으로", "이 용어와 ", "라는 말이 나온다. 비슷한 것으로 ", "이 있다."),
            ("The name", "The method", "The market", "What is next", "The talk used ", ", and named ", " beside it."),
        )[language]
        bold = ("**발표자(presenter)**는 ", "**The presenter** said: ")[language]
        links = f"{words[4]}{term(self.terms[0])}{words[5]}{project(self.linked)}{words[6]}"
        parts = [bold + self.text(14, 5, language)]
        for index, heading in enumerate(words[:4]):
            parts.append(f"## {heading} {{#part-{index}}}")
            parts.append(self.text(19 + 6 * index, 6, language))
        parts.append(links + " " + term(self.terms[1]))
        return "\n\n".join(parts) + "\n"

    def emblem(self):
        one, other, size = self.shape
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12">\n'
            f'<g class="i" fill="#27349b"><path d="M{one} {one}H{size}V{size}H{one}z"/></g>\n'
            f'<g class="v" fill="#e8432a"><circle cx="{size}" cy="{size}" r="{other / 2}"/></g>\n</svg>\n'
        )


def pair(both):
    return '{ko: "%s", en: "%s"}' % both


def both(project, start, count):
    return project.text(start, count, 0), project.text(start, count, 1)


def facts(project):
    """The facts of a project in this program's YAML."""
    glance = zip(("problem", "idea", "why", "audience"), range(4, 12, 2))
    lines = [
        f"order: {project.number}",
        f"name: {pair(project.name)}",
        "speakers:",
        f'  - name: {{ko: "발표자 {project.number}", en: "Presenter {project.number}"}}',
        "    role: {ko: 대표, en: CEO}",
        f"topics: [{', '.join(project.topics)}]",
        f"tagline: {pair(both(project, 0, 1))}",
        f"standfirst: {pair(both(project, 1, 2))}",
        f"syllable: {{text: {project.name[0][0]}, reading: a, meaning: {{ko: 글자, en: a letter}}}}",
        "answers:",
        *(f"  {key}: {pair(both(project, start, 2))}" for key, start in glance),
        f"  on-chain: {pair(both(project, 12, 1))}",
        f"  paid: {pair(both(project, 13, 1))}",
        "figures:",
    ]
    for identifier, value in project.figures:
        lines += [
            f"  - {{id: {identifier}, value: {value}, unit: people, label: {{ko: 이용자의 수, en: users}}}}",
        ]
    lines += ["steps:", "  title: {ko: 차례, en: Steps}", "  items:"]
    for index in range(4):
        text = pair(both(project, 4 + index, 1))
        lines.append(f"    - {{title: {{ko: 걸음 {index + 1}, en: Step {index + 1}}}, text: {text}}}")
    return "\n".join([*lines, "updated: 2026-01-01", ""])


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def showcase(projects, target):
    """A content folder of this program."""
    shutil.copytree(SHIPPED, target, ignore=shutil.ignore_patterns("projects", "permalinks.lock", "recap"))
    write(target / "recap" / "ko.md", "밋업의 기록.\n\n## 초대 {#invitation}\n\n누구나 왔다.\n")
    write(target / "recap" / "en.md", "A record of the meetup.\n\n## Invitation {#invitation}\n\nAll came.\n")
    write(target / "pages" / "about" / "page.yaml", "title: {ko: 소개, en: About}\n")
    write(target / "pages" / "about" / "ko.md", "만든 방법.\n")
    write(target / "pages" / "about" / "en.md", "How it was made.\n")
    for project in projects:
        folder = target / "projects" / project.slug
        write(folder / "project.yaml", facts(project))
        write(folder / "emblem.svg", project.emblem())
        for index, language in enumerate(("ko", "en")):
            term = lambda it: f"[{it}](term:{it})"
            link = lambda it: f"[{it}](/projects/{it}/)"
            write(folder / f"{language}.md", project.prose(index, term, link))
    write(target / "permalinks.lock", "\n".join(lock(projects)) + "\n")


def lock(projects):
    """The addresses of the shipped site, with those of one of its projects given to every invented one."""
    lines = (SHIPPED / "permalinks.lock").read_text(encoding="utf-8").splitlines()
    shipped = [line for line in lines if line.startswith("/")]
    slugs = [folder.name for folder in (SHIPPED / "projects").iterdir()]
    slug_of = lambda line: next((slug for slug in slugs if f"/projects/{slug}/" in line), None)
    patterns = [line for line in shipped if slug_of(line) == slugs[0]]
    invented = [pattern.replace(slugs[0], project.slug) for pattern in patterns for project in projects]
    return sorted([line for line in shipped if not slug_of(line)] + invented)


def front_matter(project, index):
    """The facts of a project for Hugo, which keeps a copy of them for each language."""
    word = lambda korean, english: (korean, english)[index]
    text = lambda start, count=1: project.text(start, count, index)
    glance = zip(("problem", "idea", "why", "audience"), range(4, 12, 2))
    presenter, role = word("발표자", "Presenter"), word("대표", "CEO")
    lines = [
        "---",
        f'title: "{project.name[index]}"',
        f"weight: {project.number}",
        f"slug: {project.slug}",
        f'description: "{text(0)}"',
        f'tagline: "{text(0)}"',
        f'standfirst: "{text(1, 2)}"',
        f"topics: [{', '.join(project.topics)}]",
        f"terms: [{', '.join(project.terms)}]",
        f'speakers: [{{name: "{presenter} {project.number}", role: "{role}"}}]',
        f'syllable: {{text: {project.name[0][0]}, reading: a, meaning: "{word("글자", "a letter")}"}}',
        "glance:",
        *(f'  {key}: "{text(start, 2)}"' for key, start in glance),
        f'on_chain: "{text(12)}"',
        f'paid: "{text(13)}"',
        "figures:",
    ]
    for identifier, value in project.figures:
        lines.append(f'  - {{id: {identifier}, value: {value}, label: "{word("이용자의 수", "users")}"}}')
    lines += ["steps:", f'  title: "{word("차례", "Steps")}"', "  items:"]
    for step in range(4):
        lines.append(f'    - {{title: "{word("걸음", "Step")} {step + 1}", text: "{text(4 + step)}"}}')
    # The shapes alone, as they stand in a page.
    shapes = project.emblem().split("\n")[1:3]
    lines += ["emblem: |", *(f"  {shape}" for shape in shapes)]
    return "\n".join([*lines, "lastmod: 2026-01-01", "---", ""])


def hugo(projects, target):
    """The same for Hugo: its layouts, our labels, glossary and stylesheet, and a page for each project."""
    shutil.copytree(LAYOUTS, target)
    for language in "ko", "en":
        (target / "data" / "labels").mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "static" / "languages" / f"{language}.yaml", target / "data" / "labels")
    shutil.copy(SHIPPED / "glossary.yaml", target / "data" / "glossary.yaml")
    (target / "assets").mkdir()
    shutil.copy(SHIPPED / "emblem.svg", target / "assets" / "emblem.svg")
    for kind, end in ("css", "css"), ("js", "js"):
        parts = sorted((ROOT / "static" / kind).glob(f"*.{end}"))
        write(target / "assets" / f"site.{end}", "".join(part.read_text(encoding="utf-8") for part in parts))
    (target / "static").mkdir()
    shutil.copy(SHIPPED / "emblem.svg", target / "static" / "favicon.svg")
    topics = re.findall(r"- id: (\S+)\n +name: {ko: (.+), en: (.+)}\n +text:\n +ko: (.+)\n +en: (.+)\n",
                        (SHIPPED / "topics.yaml").read_text(encoding="utf-8"))
    assert [topic[0] for topic in topics] == TOPICS, "content/topics.yaml is written in another way than before"
    for index, language in enumerate(("ko", "en")):
        end = ("", ".en")[index]
        page = lambda path, title, text="", more="": write(
            target / "content" / path.format(end), f'---\ntitle: "{title}"\n{more}---\n{text}')
        text = ("밋업의 기록.\n\n## 초대 {#invitation}\n\n누구나 왔다.\n",
                "A record of the meetup.\n\n## Invitation {#invitation}\n\nAll came.\n")[index]
        page("_index{}.md", "Genesis C.A.T", text)
        page("projects/_index{}.md", ("프로젝트", "Projects")[index])
        page("topics/_index{}.md", ("주제", "Topics")[index])
        page("about{}.md", ("만든 방법", "About")[index], ("만든 방법.\n", "How it was made.\n")[index])
        page("glossary{}.md", ("용어", "Glossary")[index], more="layout: glossary\n")
        page("search{}.md", ("찾기", "Search")[index], more="layout: search\n")
        for topic in topics:
            page(f"topics/{topic[0]}/_index{{}}.md", topic[1 + index], more=f'description: "{topic[3 + index]}"\n')
        for project in projects:
            term = lambda it: f"[{it}](/glossary/#{it})"
            link = lambda it: f"[{it}](/projects/{it}/)"
            path = target / "content" / "projects" / f"{project.slug}{end}.md"
            write(path, front_matter(project, index) + project.prose(index, term, link))


def main():
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit(__doc__)
    count, target = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    projects = [Invented(number) for number in range(1, count + 1)]
    showcase(projects, target / "showcase")
    hugo(projects, target / "hugo")


if __name__ == "__main__":
    main()
