// On a page that stands where another one was: leads on before anything is shown, and takes the fragment and the query
// along, which a refresh without a script would lose.

location.replace(document.currentScript.dataset.to + location.search + location.hash);
