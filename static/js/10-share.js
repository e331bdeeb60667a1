// Links that copy themselves: those beside headings, figures and terms; and the buttons that copy the page's address
// or its citation, or hand the page to the system. Listening stands on the document, so that it outlives whatever a
// preview exchanges.

const toast = document.getElementById("toast");
let fading;

/** Says something at the foot of the window, to eyes and to screen readers. */
function say(text) {
  clearTimeout(fading);
  toast.textContent = text;
  fading = setTimeout(() => (toast.textContent = ""), 3000);
}

/** Copies a text where the browser allows it, and says what became of it. */
async function copy(text, said = toast.dataset.copied, failed = undefined) {
  try {
    await navigator.clipboard.writeText(text);
    say(said);
  } catch {
    // Without permission, or without encryption, there is no clipboard. A link leads there in any case.
    if (failed) say(failed);
  }
}

/** Opens the system's own way to pass a page on. */
async function share(title, url) {
  try {
    await navigator.share({ title, url });
  } catch {
    // Whoever closes it again has thought better of it.
  }
}

/** Shows the buttons that work here; a preview may bring them back as they were sent. */
function reveal() {
  const working = navigator.share ? "[data-copy], [data-share]" : "[data-copy]";
  for (const button of document.querySelectorAll(working)) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.anchor");
  if (link && !event.defaultPrevented && event.button === 0) copy(link.href);
  const button = event.target.closest?.("button");
  const { copy: text, share: url, title, said, failed } = button?.dataset ?? {};
  if (text) copy(text, said, failed);
  if (url) share(title, url);
});

reveal();
new MutationObserver(reveal).observe(document.documentElement, {
  subtree: true,
  childList: true,
  attributeFilter: ["hidden"],
});
