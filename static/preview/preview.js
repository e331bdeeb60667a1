// Keeps a page of the preview current. The server says that something was published; the page is fetched anew and
// what differs is taken over, so that scroll position, focus and opened parts stay as they are. Whatever cannot be
// done so is left to a reload.
"use strict";

const preview = document.getElementById("preview");
let version = preview.dataset.version;
let dismissed = "";
let events;

// Taking over what differs

/** The element's name within its page: nodes with the same are the same thing, wherever they stand. */
const keyOf = (node) => node.id ?? "";

const sameKind = (one, other) => one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

/** Makes `old` like `next`; both are of the same kind. */
function takeOver(old, next) {
  if (old.isEqualNode(next)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    old.nodeValue = next.nodeValue;
    return;
  }
  takeOverAttributes(old, next);
  takeOverChildren(old, next);
}

/** What the reader opened stays open, a font that is there stays in use, and no page has a style of its own but for the
    room that is made for the bar. */
const isKept = (element, name) =>
  (name === "open" && element.localName === "details") || name === "style";

function takeOverAttributes(old, next) {
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value && !isKept(old, name)) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && !isKept(old, name)) old.removeAttribute(name);
  }
}

function takeOverChildren(parent, next) {
  let olds = [...parent.childNodes].filter((node) => node !== preview);
  let nexts = [...next.childNodes].filter((node) => node.id !== "preview");
  // Most of a page stays; comparing from both ends leaves what was changed.
  while (olds.length && nexts.length && olds[0].isEqualNode(nexts[0])) {
    olds = olds.slice(1);
    nexts = nexts.slice(1);
  }
  let after = null;
  while (olds.length && nexts.length && olds.at(-1).isEqualNode(nexts.at(-1))) {
    after = olds.pop();
    nexts.pop();
  }
  after ??= parent === document.body ? preview : null;
  const partners = partnersOf(olds, nexts);
  const wanted = new Set(partners.values());
  olds.filter((old) => !wanted.has(old)).forEach((old) => old.remove());
  const kept = olds.filter((old) => old.parentNode === parent);
  for (const node of nexts) {
    const partner = partners.get(node);
    const place = kept[0] ?? after;
    if (!partner) {
      parent.insertBefore(document.importNode(node, true), place);
      continue;
    }
    if (partner !== place) parent.insertBefore(partner, place);
    kept.splice(kept.indexOf(partner), 1);
    takeOver(partner, node);
  }
}

/** For each wanted node, the old one that becomes it: one like it first, then one of its kind. */
function partnersOf(olds, nexts) {
  const free = new Set(olds);
  const partners = new Map();
  for (const fits of [(old, wanted) => old.isEqualNode(wanted), sameKind]) {
    for (const wanted of nexts) {
      if (partners.has(wanted)) continue;
      const partner = [...free].find((old) => fits(old, wanted));
      if (!partner) continue;
      partners.set(wanted, partner);
      free.delete(partner);
    }
  }
  return partners;
}

/** A stylesheet is taken away once the new one is there, so that nothing is ever seen without. */
function takeOverHead(next) {
  const isStyle = (node) => node.localName === "link" && node.rel === "stylesheet";
  const ours = [...document.head.querySelectorAll("link[rel=stylesheet]")];
  const theirs = [...next.head.querySelectorAll("link[rel=stylesheet]")];
  const has = (all, link) => all.some((it) => it.getAttribute("href") === link.getAttribute("href"));
  const gone = ours.filter((link) => !has(theirs, link));
  const added = theirs.filter((link) => !has(ours, link)).map((link) => document.importNode(link, true));
  const loaded = added.map((link) => new Promise((done) => link.addEventListener("load", done, { once: true })));
  document.head.append(...added);
  Promise.all(loaded).then(() => gone.forEach((link) => link.remove()));
  const others = (head) => [...head.children].filter((node) => !isStyle(node) && node.localName !== "script");
  const [before, after] = [others(document.head), others(next.head)];
  before.filter((node) => !after.some((it) => it.isEqualNode(node))).forEach((node) => node.remove());
  for (const node of after.filter((node) => !before.some((it) => it.isEqualNode(node)))) {
    document.head.append(document.importNode(node, true));
  }
}

// Fetching the page

/** The page as it is now, parsed; no string becomes markup in this document. */
function fetchPage() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", location.href);
    request.responseType = "document";
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", () => reject(new Error("the server is away")));
    request.send();
  });
}

const scripts = (page) => [...page.scripts].map((script) => script.getAttribute("src")).join();

async function refresh() {
  const { response: page, responseURL } = await fetchPage();
  const next = page?.getElementById("preview");
  if (!next) return location.reload();
  // The page has another address now.
  if (new URL(responseURL).pathname !== location.pathname) return location.replace(responseURL);
  const isPage = (it) => it.querySelector("main") !== null;
  if (isPage(document) !== isPage(page) || scripts(document) !== scripts(page)) return location.reload();
  try {
    const focused = document.activeElement?.id;
    takeOverAttributes(document.documentElement, page.documentElement);
    takeOverHead(page);
    takeOverAttributes(document.body, page.body);
    takeOverChildren(document.body, page.body);
    if (focused && document.activeElement === document.body) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
  } catch (error) {
    console.error(error);
    return location.reload();
  }
  version = next.dataset.version;
  show(next.querySelector("#preview-problems"));
}

let running = false;
let wanted = false;

/** One at a time, and once more for what came in between. */
async function keepCurrent() {
  wanted = true;
  if (running) return;
  running = true;
  while (wanted) {
    wanted = false;
    // A server that is away says what is current once it is back.
    await refresh().catch(() => {});
  }
  running = false;
}

// The bar and the problems

function make(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

const bar = make("div", "preview-bar", "");
const source = make("span", "preview-bar__source", "");
const state = make("span", "preview-bar__state", "");
const problemsButton = make("button", "preview-bar__problems", "");
state.setAttribute("role", "status");
problemsButton.type = "button";
problemsButton.setAttribute("aria-controls", "preview-problems");
bar.append(source, state, problemsButton);

function showSource() {
  const path = document.body.dataset.source;
  source.textContent = path ?? (document.querySelector("main") ? "This page comes from several files" : "");
  if (!path) return;
  const edit = [...document.querySelectorAll(".site-footer a[href]")].find((link) => link.href.endsWith(`/${path}`));
  if (!edit) return;
  const link = make("a", "", path);
  link.href = edit.href;
  source.replaceChildren(link);
}

const panel = () => document.getElementById("preview-problems");

/** Takes the problems over: those that were closed stay closed until they change. */
function show(problems) {
  const old = panel();
  const text = problems?.textContent ?? "";
  const isSame = old?.textContent === problems?.textContent;
  // What is the same is not announced again.
  if (isSame) {
    showSource();
    return toggle(old ? !old.hidden : false);
  }
  if (problems) {
    const next = document.importNode(problems, true);
    if (old) old.replaceWith(next);
    else preview.prepend(next);
  } else {
    old?.remove();
  }
  showSource();
  const errors = Number(problems?.dataset.errors ?? 0);
  toggle(errors > 0 && text !== dismissed);
}

function toggle(isOpen) {
  const problems = panel();
  problemsButton.hidden = !problems;
  if (!problems) {
    dismissed = "";
    makeRoom();
    return;
  }
  problems.hidden = !isOpen;
  problemsButton.setAttribute("aria-expanded", String(isOpen));
  problemsButton.textContent = isOpen ? "Close" : "Show problems";
  makeRoom();
}

/** Nothing at the end of the page stands behind the bar. */
function makeRoom() {
  document.documentElement.style.setProperty("padding-block-end", `${bar.offsetHeight}px`);
}

function close() {
  const problems = panel();
  if (!problems || problems.hidden) return;
  dismissed = problems.textContent;
  const hadFocus = problems.contains(document.activeElement);
  toggle(false);
  if (hadFocus) problemsButton.focus({ preventScroll: true });
}

problemsButton.addEventListener("click", () => (panel().hidden ? toggle(true) : close()));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) close();
});

// Listening

function listen() {
  if (events) return;
  events = new EventSource("/_preview/events");
  events.addEventListener("open", () => (state.textContent = ""));
  events.addEventListener("error", () => (state.textContent = "Waiting for the server"));
  events.addEventListener("message", (event) => {
    if (event.data !== version) keepCurrent();
  });
}

/** A browser has few connections for one server, and many tabs would take them all. */
function listenWhileSeen() {
  if (document.visibilityState === "visible") return listen();
  events?.close();
  events = undefined;
}

preview.append(bar);
showSource();
toggle(Number(panel()?.dataset.errors ?? 0) > 0);
listenWhileSeen();
document.addEventListener("visibilitychange", listenWhileSeen);
addEventListener("pageshow", listenWhileSeen);
addEventListener("pagehide", () => {
  events?.close();
  events = undefined;
});
addEventListener("resize", makeRoom);
