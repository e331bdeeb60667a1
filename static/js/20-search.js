// The search page, as the reader types and where no server answers. It ranks as `src/search` does, step by step; what
// is a matter of choice (weights, particles, words to ignore) comes with the index. Listening stands on the document,
// as for links that copy themselves.

const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef]/gu;
const CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const JOINED = "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ".split(" ");
const KINDS = ["recap", "project", "topic", "term", "about"];
const [TITLE, LEAD] = [0, 2];
let searching;

/** Letters and digits alone, case and width folded, with where each comes from and where words begin. */
function fold(text) {
  const folded = { text: "", origins: [], gaps: [] };
  let gap = true;
  [...text].forEach((written, origin) => {
    const narrow = /[！-～]/u.test(written) ? String.fromCodePoint(written.codePointAt(0) - 0xfee0) : written;
    if (!/[\p{Alphabetic}\p{N}%$]/u.test(narrow)) gap = true;
    for (const letter of narrow.toLowerCase()) {
      if (!/[\p{Alphabetic}\p{N}%$]/u.test(letter)) continue;
      for (let unit = 0; unit < letter.length; unit++) {
        folded.origins.push(origin);
        folded.gaps.push(gap && unit === 0);
      }
      folded.text += letter;
      gap = false;
    }
  });
  return folded;
}

/** The question in one line, and whether it was cut. */
function clean(asked) {
  const line = asked
    .normalize("NFC")
    .replace(/[\u1100-\u1112]/gu, (it) => CONSONANTS[it.charCodeAt(0) - 0x1100])
    .replace(/[\p{Cc}\p{White_Space}]/gu, " ")
    .replace(UNSEEN, "")
    .replace(/ +/g, " ")
    .replace(/^ /, "");
  const letters = [...line];
  const cut = letters.length > 200 && letters.slice(200).join("").trim() !== "";
  return { text: letters.slice(0, 200).join("").trimEnd(), cut };
}

const apart = (letter) => JOINED.find((it) => it[0] === letter)?.slice(1) ?? letter;

/** A form of a word: initial consonants stand for every syllable that they begin. */
function pattern(form) {
  const signs = [...form].flatMap((it) => [...apart(it)]);
  const source = signs.map((sign) => {
    const first = 0xac00 + CONSONANTS.indexOf(sign) * 588;
    if (!CONSONANTS.includes(sign)) return sign.replace("$", "\\$");
    return `[${String.fromCharCode(first)}-${String.fromCharCode(first + 587)}]`;
  });
  return { size: signs.length, places: new RegExp(source.join(""), "gu") };
}

/** A word with its other forms: without its particle, singular or plural, in British spelling. */
function forms(word, { particles }) {
  const all = [word];
  let last;
  if (![...word].some((it) => CONSONANTS.includes(apart(it)[0]))) {
    for (const particle of particles.filter((it) => word.endsWith(it))) {
      const stem = word.slice(0, -particle.length);
      if ([...stem].length > 1) {
        all.push(stem);
        break;
      }
      if (/[가-힣]/u.test(stem)) last ??= stem;
    }
    if (/^[a-z0-9]{4,}$/.test(word)) {
      if (word.endsWith("ies")) all.push(word.slice(0, -3) + "y");
      else if (/[^s]s$/.test(word)) all.push(word.slice(0, -1));
      else if (word.endsWith("y")) all.push(word.slice(0, -1) + "ies");
      if (word.includes("iz")) all.push(word.replaceAll("iz", "is"));
    }
  }
  return { forms: all.map(pattern), last: last && [pattern(last)] };
}

/** A question taken apart. */
function parse(asked, rules) {
  const { text, cut } = clean(asked);
  let words = [...new Set(text.split(" ").map((it) => fold(it).text))].filter(Boolean);
  const said = words.filter((it) => !rules.ignored.includes(it));
  if (said.length) words = said;
  const few = words.slice(0, 10);
  return {
    text,
    cut: cut || words.length > few.length,
    words: few.map((it) => forms(it, rules)),
    phrase: few.length > 1 ? forms(few.join(""), rules) : undefined,
  };
}

/** The places of a word in a text, each with what it is worth. */
function hits(text, word, { weights }) {
  const found = [];
  const { text: folded, gaps } = text.folded;
  word.forms.forEach(({ size, places }, number) => {
    places.lastIndex = 0;
    for (let seen = 0, match; seen < 8 && (match = places.exec(folded)); seen++) {
      const [start, end] = [match.index, places.lastIndex];
      const spans = gaps.slice(start + 1, end).includes(true);
      if (spans && (!gaps[start] || size < 3)) continue;
      const ends = end === folded.length || gaps[end];
      const exact = match[0] === folded ? weights[text.place] : 0;
      const score = weights[text.place] + exact + (gaps[start] ? 4 : 0) + (ends ? 2 : 0) - (number ? 2 : 0);
      found.push({ start, end, score });
    }
  });
  return found;
}

const best = (found) => found.reduce((most, { score }) => Math.max(most, score), 0);

/** What a word is worth on each page; nothing where the page lacks it. */
function worths({ pages, rules }, word) {
  return pages.map((page) => {
    const found = page.texts.flatMap((text) => hits(text, word, rules));
    return found.length && best(found) + Math.min(found.length, 8);
  });
}

/** The pages that hold all words or, where none does, half of them: those in the reader's language first. */
function find(index, query, reader) {
  const held = index.pages.map((page, number) => ({ page, number, words: 0, score: 0 }));
  for (const word of query.words) {
    let found = worths(index, word);
    if (word.last && !found.some(Boolean)) {
      word.forms = word.last;
      found = worths(index, word);
    }
    found.forEach((worth, number) => {
      held[number].words += worth ? 1 : 0;
      held[number].score += worth;
    });
  }
  if (query.phrase) worths(index, query.phrase).forEach((worth, number) => (held[number].score += worth));
  const all = query.words.length;
  const partial = !held.some(({ words }) => words && words === all);
  const needed = partial ? Math.ceil(all / 2) : all;
  const order = held.filter(({ words }) => words && words >= needed);
  const foreign = ({ page }) => (page.language === reader ? 0 : 1);
  order.sort(
    (a, b) => foreign(a) - foreign(b) || b.words - a.words || b.score - a.score || a.number - b.number,
  );
  return { partial: partial && order.length > 0, pages: order.map(({ page }) => page) };
}

/** The characters of a text that match, in order. */
function marks(text, words, rules) {
  const { origins } = text.folded;
  const all = words.flatMap((word) => hits(text, word, rules));
  const ranges = all.map(({ start, end }) => [origins[start], origins[end - 1] + 1]);
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged = [];
  for (const [start, end] of ranges) {
    const before = merged.at(-1);
    if (before && start <= before[1]) before[1] = Math.max(before[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** An element with attributes and children; a text stays a text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A text from a character to another, with its matches marked. */
function runs(letters, start, end, marked) {
  const piece = (from, to) => letters.slice(from, to).join("");
  const nodes = [];
  let at = start;
  const inside = (it) => Math.min(Math.max(it, at), end);
  for (const [from, to] of marked) {
    const [first, last] = [inside(from), inside(to)];
    if (first > at) nodes.push(piece(at, first));
    if (last > first) nodes.push(element("mark", {}, piece(first, last)));
    at = last;
  }
  if (end > at) nodes.push(piece(at, end));
  return nodes;
}

function whole(text, words, rules) {
  const letters = [...text.words];
  return runs(letters, 0, letters.length, marks(text, words, rules));
}

/** A text or, of a long one, what stands around the first match. */
function excerpt(text, words, rules) {
  const letters = [...text.words];
  const marked = marks(text, words, rules);
  const [first, last] = marked[0] ?? [0, 0];
  let [start, end] = [0, letters.length];
  if (letters.length > 150) {
    start = Math.max(0, first - 50);
    const space = letters.indexOf(" ", start);
    if (start > 0 && space >= 0 && space < first) start = space + 1;
    end = Math.min(letters.length, start + 150);
    const back = letters.lastIndexOf(" ", end - 1);
    if (end < letters.length && back >= Math.max(last, start)) end = back;
  }
  const shown = runs(letters, start, end, marked);
  return [...(start > 0 ? ["…"] : []), ...shown, ...(end < letters.length ? ["…"] : [])];
}

/** A page as an item of the list. */
function item({ languages, rules }, query, page, reader, kinds) {
  const words = query.phrase ? [...query.words, query.phrase] : query.words;
  const lang = (number) => (number === reader ? undefined : languages[number].code);
  const worth = page.texts.map((text) => words.reduce((sum, word) => sum + best(hits(text, word, rules)), 0));
  const most = (wanted) =>
    page.texts.reduce((top, text, at) => (worth[at] > (worth[top] ?? 0) && wanted(text, at) ? at : top), -1);
  const title = page.texts[0];
  const namesPart = (it, at) => it.part !== null && it.part !== page.texts[at - 1].part;
  const lead = page.texts.find((it) => it.place === LEAD);
  const shown = page.texts[most((it, at) => it.place !== TITLE && !namesPart(it, at))] ?? lead ?? title;
  const part = page.texts[most((it) => it.part !== null)]?.part;
  const foreign = page.language === reader ? "" : ` · ${languages[page.language].name}`;
  const body = element(
    "div",
    { class: "result__text" },
    element("p", { class: "result__kind" }, kinds[page.kind] + foreign),
    element(
      "h2",
      { class: "result__title", lang: lang(title.language) },
      element("a", { href: page.link, hreflang: lang(page.language) }, ...whole(title, words, rules)),
    ),
    element("p", { class: "result__snippet", lang: lang(shown.language) }, ...excerpt(shown, words, rules)),
  );
  if (part !== undefined) {
    const name = page.texts.find((it) => it.part === part);
    const link = element("a", { href: `${page.link}#${encodeURI(page.parts[part])}` }, ...whole(name, words, rules));
    body.append(element("p", { class: "result__section", lang: lang(page.language) }, link));
  }
  const sign = { class: "result__icon", "data-kind": KINDS[page.kind], "aria-hidden": "true" };
  return element("li", { class: "result" }, element("span", sign, page.sign), body);
}

/** The index, fetched once and folded; after a failure it is asked for again. */
function index(address) {
  searching ??= load(address).catch((error) => {
    searching = undefined;
    throw error;
  });
  return searching;
}

async function load(address) {
  const index = await (await fetch(address)).json();
  for (const page of index.pages) {
    page.texts = page.texts.map(([place, words, language, part]) => ({
      place,
      words,
      language,
      part,
      folded: fold(words),
    }));
  }
  return index;
}

/** Shows what a question finds, and keeps the address of the page in step. */
async function search(form) {
  const { count, none, some, first, cut, title, kinds } = form.dataset;
  const known = await index(form.dataset.index);
  const query = parse(form.elements.q.value, known.rules);
  const reader = known.languages.findIndex(({ code }) => code === document.documentElement.lang);
  const { pages, partial } = query.words.length ? find(known, query, reader) : { pages: [], partial: false };
  const shown = pages.slice(0, known.rules.shown);
  const says = [pages.length ? count.replace("{n}", pages.length) : none];
  if (partial) says.push(some);
  if (shown.length < pages.length) says.push(first.replace("{n}", shown.length));
  if (query.cut) says.push(cut);
  const status = document.getElementById("search-status");
  const words = query.text ? says.join(" ").replace("{q}", () => query.text) : "";
  if (status.textContent !== words) status.textContent = words;
  const list = document.getElementById("results");
  list.replaceChildren(...shown.map((it) => item(known, query, it, reader, kinds.split("\n"))));
  const question = query.text ? `?q=${encodeURIComponent(query.text)}` : "";
  history.replaceState(history.state, "", location.pathname + question);
  for (const link of document.querySelectorAll(".site-header__languages a")) {
    link.search = question;
  }
  if (query.text) document.title = title.replace("{q}", () => query.text);
}

// Where the index cannot be had, the form still asks the server.
for (const [kind, act] of Object.entries({ input: search, focusin: (form) => index(form.dataset.index) })) {
  document.addEventListener(kind, ({ target }) => {
    if (target.id === "search-field") act(target.form).catch(() => {});
  });
}

// A page that lacks its answer was not made by a server.
const unanswered = document.querySelector("#search-status:empty");
const asked = unanswered && new URLSearchParams(location.search).get("q");
if (asked) {
  const form = document.getElementById("search");
  form.elements.q.value = asked;
  search(form).catch(() => {});
}
