// Films: the player of one that is elsewhere is loaded when somebody asks for it, and a link of a transcript leads to its
// second in the player on the page. Every address that a second ends has it as its last number.

const SECOND = /\d+(?=s?$)/;

/** Puts the player of another site where its still is, or was; it plays from a second on. */
function load(still, address) {
  const frame = document.createElement("iframe");
  frame.className = "film__frame";
  frame.title = still.getAttribute("aria-label") ?? still.title;
  frame.dataset.player = address;
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  // It may play, and open a page of its own, and not lead this one away.
  frame.sandbox = "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.src = address;
  still.replaceWith(frame);
  frame.focus();
}

document.addEventListener("click", (event) => {
  const { target, button, altKey, ctrlKey, metaKey, shiftKey } = event;
  const link = target.closest?.("a[data-player], a.transcript__time");
  if (!link || button || altKey || ctrlKey || metaKey || shiftKey) return;
  const film = link.closest(".recording")?.querySelector("[data-player], video, audio") ?? link;
  if (link.dataset.player) {
    load(link, link.dataset.player);
  } else if (film.dataset.player) {
    load(film, film.dataset.player.replace(SECOND, SECOND.exec(link.href)));
  } else if (film.play) {
    film.currentTime = Number(SECOND.exec(link.href));
    film.play().catch(() => {});
  } else {
    return;
  }
  event.preventDefault();
});
