// Links that copy themselves: those beside headings, figures and terms. Listening stands on the document, so that it
// outlives whatever a preview exchanges.

const toast = document.getElementById("toast");
let fading;

/** Says something at the foot of the window, to eyes and to screen readers. */
function say(text) {
  clearTimeout(fading);
  toast.textContent = text;
  fading = setTimeout(() => (toast.textContent = ""), 3000);
}

/** Copies an address where the browser allows it; the link leads there in any case. */
async function copy(address) {
  try {
    await navigator.clipboard.writeText(address);
    say(toast.dataset.copied);
  } catch {
    // Without permission, or without encryption, there is no clipboard.
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.anchor");
  if (link && !event.defaultPrevented && event.button === 0) copy(link.href);
});
