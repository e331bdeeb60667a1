// Search where no server answers: regular expressions find the pages in the site's index that `src/search` would find.
// The order is a simpler one: the reader's language, how many words a page holds, and where.
const CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const JOINED = "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ".split(" ");
const KINDS = ["recap", "project", "person", "topic", "term", "about", "schedule", "page"];
let index;

const SPELT = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ة: "ه", ى: "ي" };

/** A letter with case, width and marks folded, and a space for all that is no letter. */
function foldLetter(letter) {
  if (/[a-z가-힣ㄱ-ㆎ]/.test(letter)) return letter;
  const bare = letter.normalize("NFKD").replace(/(?![\u3099\u309a])\p{M}/gu, "").toLowerCase();
  const folded = [...bare].map((it) => SPELT[it] ?? it).join("");
  return folded.replace(/[^\p{Alphabetic}\p{N}%$\u3099\u309a]/gu, " ");
}

/** The same of a text, and for each letter the place that it comes from. */
function foldText(text) {
  const [folded, origins] = [[], []];
  let at = 0;
  for (const letter of text) {
    for (const it of foldLetter(letter)) {
      folded.push(it);
      for (let part = 0; part < it.length; part++) origins.push(at);
    }
    at += letter.length;
  }
  return { folded: folded.join(""), origins: [...origins, at] };
}

const fold = (text) => foldText(text).folded;

const apart = (letter) => JOINED.find((it) => it[0] === letter)?.slice(1) ?? letter;

/** What matches a letter: of an initial consonant, every syllable that it begins. */
function symbol(letter) {
  const first = 0xac00 + CONSONANTS.indexOf(letter) * 588;
  if (!CONSONANTS.includes(letter)) return letter.replace("$", "\\$");
  return `[${String.fromCharCode(first)}-${String.fromCharCode(first + 587)}]`;
}

/** A form of a word; one of three letters and more may join words, if it begins one. */
function pattern(form) {
  const symbols = [...form].flatMap((it) => [...apart(it)]).map(symbol);
  return symbols.length < 3 ? symbols.join("") : `${symbols.join("")}|(?<![^ ])${symbols.join(" *")}`;
}

const anyOf = (patterns) => new RegExp(patterns.join("|"), "gu");
/** A text with its folded form, which is made once. */
const folded = (text) => (text.folded === undefined ? Object.assign(text, foldText(text.written)) : text).folded;
const holds = (text, matches) => folded(text).search(matches) >= 0;

/** A word with its other forms: without its particle, singular or plural, in British spelling. */
function parseWord(word, particles) {
  const hasInitials = [...word].some((it) => CONSONANTS.includes(apart(it)[0]));
  const endings = hasInitials ? [] : particles.filter((it) => word.endsWith(it));
  const stems = endings.map((it) => word.slice(0, -it.length));
  const forms = [word, ...stems.filter((it) => [...it].length > 1).slice(0, 1)];
  if (/^[a-z0-9]{4,}$/.test(word)) {
    if (word.endsWith("ies")) forms.push(word.slice(0, -3) + "y");
    else if (/[^s]s$/.test(word)) forms.push(word.slice(0, -1));
    else if (word.endsWith("y")) forms.push(word.slice(0, -1) + "ies");
    if (word.includes("iz")) forms.push(word.replaceAll("iz", "is"));
  }
  const shortStem = stems.find((it) => /^[가-힣]$/.test(it));
  return { matches: anyOf(forms.map(pattern)), fallback: shortStem && anyOf([shortStem]) };
}

function parseQuestion(asked, { particles, stop_words: stopWords }) {
  const letters = [...asked.replace(/[\u1100-\u1112]/g, (it) => CONSONANTS[it.charCodeAt(0) - 0x1100])];
  const text = letters.slice(0, 200).join("").trim();
  let words = [...new Set(text.split(" ").map((it) => fold(it).replaceAll(" ", "")))].filter(Boolean);
  if (!words.every((it) => stopWords.includes(it))) words = words.filter((it) => !stopWords.includes(it));
  const isCut = letters.length > 200 || words.length > 10;
  return { text, isCut, words: words.slice(0, 10).map((it) => parseWord(it, particles)) };
}

/** The pages that hold all words or, where none does, half of them. */
function find(pages, words, reader) {
  const found = pages.map((page) => ({ page, words: 0, score: 0 }));
  for (const word of words) {
    const best = ({ texts }) => Math.max(...texts.map((it) => (holds(it, word.matches) ? it.weight : 0)));
    if (word.fallback && !pages.some(best)) word.matches = word.fallback;
    for (const it of found) {
      const score = best(it.page);
      it.words += score > 0;
      it.score += score;
    }
  }
  const isPartial = !found.some((it) => it.words === words.length);
  const isForeign = ({ page }) => page.language !== reader;
  const kept = found.filter((it) => it.words > 0 && it.words >= words.length / (isPartial ? 2 : 1));
  kept.sort((a, b) => isForeign(a) - isForeign(b) || b.words - a.words || b.score - a.score);
  return { isPartial, pages: kept.map(({ page }) => page) };
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A text from a letter to another, with its matches marked. */
function marked(text, matches, start = 0, end = text.written.length) {
  const nodes = [];
  let at = start;
  for (const { 0: match, index } of folded(text).matchAll(matches)) {
    const [from, to] = [text.origins[index], Math.min(text.origins[index + match.length], end)];
    if (from >= end) break;
    if (from < at) continue;
    nodes.push(text.written.slice(at, from), element("mark", {}, text.written.slice(from, to)));
    at = to;
  }
  return [...nodes, text.written.slice(at, end)];
}

/** The sentence around the first match in a text, or as much of it as is shown. */
function excerpt(text, matches) {
  const { written } = text;
  const first = text.origins[Math.max(folded(text).search(matches), 0)];
  const sentence = written.slice(0, first).match(/^.*(?:[.!?] |[。！？])/su)?.[0].length ?? 0;
  const cut = Math.min(written.indexOf(" ", first - 50) + 1, first);
  const start = first < 100 ? 0 : first - sentence < 100 ? sentence : cut;
  const end = written.indexOf(" ", start + 150);
  return [start > sentence ? "…" : "", ...marked(text, matches, start, end < 0 ? undefined : end), end < 0 ? "" : "…"];
}

const names = (page, text) => page.parts.some(({ name }) => page.texts[name] === text);

/** A page as an item of the list. */
function item(page, matches, { base, languages, reader, kinds }) {
  const lang = (number) => (number === reader ? undefined : languages[number].code);
  const [title, ...others] = page.texts;
  const held = others.filter((it) => holds(it, matches));
  // Sentences alone: what stands under the title, and prose.
  const sentences = others.filter((it) => it.weight === 32 || (it.weight === 8 && !names(page, it)));
  const shown = sentences.find((it) => holds(it, matches)) ?? sentences[0] ?? title;
  const part = page.parts[held.find((it) => it.part !== null)?.part];
  const foreign = page.language === reader ? "" : ` · ${languages[page.language].name}`;
  const link = element("a", { href: base + page.path, hreflang: lang(page.language) }, ...marked(title, matches));
  const body = element(
    "div",
    { class: "result__text" },
    element("p", { class: "result__kind" }, kinds[KINDS.indexOf(page.kind)] + foreign),
    element("h2", { class: "result__title", lang: lang(title.language) }, link),
    element("p", { class: "result__snippet", lang: lang(shown.language) }, ...excerpt(shown, matches)),
  );
  if (part) {
    const href = `${base}${page.path}#${encodeURI(part.fragment)}`;
    const name = element("a", { href }, ...marked(page.texts[part.name], matches));
    body.append(element("p", { class: "result__section", lang: lang(page.language) }, name));
  }
  const icon = element("span", { class: "result__icon", "data-kind": page.kind, "aria-hidden": "true" }, page.icon);
  return element("li", { class: "result" }, icon, body);
}

/** What the index, which is fetched once, has for a question. */
async function askIndex(form, asked) {
  const { languages } = (index ??= await (await fetch(form.dataset.index)).json());
  const { count, none, some, first, cut, title, kinds } = form.dataset;
  const base = form.dataset.index.replace("/search.json", "");
  const { text, isCut, words } = parseQuestion(asked, index);
  const reader = languages.findIndex(({ code }) => code === document.documentElement.lang);
  const { pages, isPartial } = find(index.pages, words, reader);
  const shown = pages.slice(0, index.max_results);
  const status = [pages.length > 0 ? count.replace("{n}", pages.length) : none];
  if (isPartial && pages.length > 0) status.push(some);
  if (shown.length < pages.length) status.push(first.replace("{n}", shown.length));
  if (isCut) status.push(cut);
  const matches = anyOf(words.map((it) => it.matches.source));
  return {
    text,
    status: status.join(" ").replace("{q}", () => text),
    title: title.replace("{q}", () => text),
    results: shown.map((it) => item(it, matches, { base, languages, reader, kinds: kinds.split("\n") })),
  };
}
