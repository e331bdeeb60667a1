// The search page while somebody types: the list of the server's answer is put into the page. A server of files gives the
// same page whatever is asked; from then on, `20-search-index.js` looks the words up in the site's index. Listening stands
// on the document, so that it outlives whatever a preview exchanges.

const UNSEEN = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef]/gu;
/** Milliseconds without a key after which a question is asked. */
const DEBOUNCE = 120;

let isServed = true;
let request;
let typing;

/** A question in one line, composed and without what cannot be seen. */
function clean(asked) {
  return asked.normalize("NFC").replace(UNSEEN, "").replace(/[\p{Cc}\p{White_Space}]+/gu, " ").trim();
}

/** A page of the site, parsed without running anything. A request that is still under way is given up. */
function fetchPage(address) {
  request?.abort();
  request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("GET", address);
    request.responseType = "document";
    request.addEventListener("load", ({ target }) => resolve(target.response));
    request.addEventListener("error", reject);
    request.send();
  });
}

/** The server's answer to a question; nothing where there is none. */
async function askServer(form, asked) {
  const page = await fetchPage(`${form.action}?q=${encodeURIComponent(asked)}`).catch(() => null);
  const part = (id) => page?.getElementById(id);
  const status = part("search-status")?.textContent;
  const text = part("search-field")?.defaultValue;
  return status && { text, status, title: page.title, results: [...part("results").children] };
}

/** Shows what a question finds, and keeps the address of the page in step. */
async function search(form) {
  const question = () => clean(form.elements.q.value);
  const asked = question();
  let answer = { text: "", status: "", title: document.title, results: [] };
  if (asked) {
    answer = isServed && (await askServer(form, asked));
    isServed = Boolean(answer);
    answer ||= await askIndex(form, asked);
  }
  if (asked !== question()) return;
  const status = document.getElementById("search-status");
  if (status.textContent !== answer.status) status.textContent = answer.status;
  document.getElementById("results").replaceChildren(...answer.results);
  document.title = answer.title;
  const query = answer.text && `?${new URLSearchParams({ q: answer.text })}`;
  history.replaceState(history.state, "", location.pathname + query);
  for (const link of document.querySelectorAll(".site-header__languages a")) link.search = query;
}

document.addEventListener("input", ({ target }) => {
  if (target.id !== "search-field") return;
  clearTimeout(typing);
  // Without an answer and without an index, the form still asks the server.
  typing = setTimeout(() => search(target.form).catch(() => {}), DEBOUNCE);
});

// A page that lacks its answer was not made by a server.
const asked = new URLSearchParams(location.search).get("q");
if (asked && document.querySelector("#search-status:empty")) {
  isServed = false;
  const form = document.getElementById("search");
  form.elements.q.value = asked;
  search(form).catch(() => {});
}
