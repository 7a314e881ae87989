import { announce } from "./announce.js"

const FAILURES = ["htmx:responseError", "htmx:sendError", "htmx:timeout"]

/** A request that htmx could not finish is said aloud and shown: the page itself stays as it was. */
function show() {
  const words = document.body.dataset.failed
  const place = document.getElementById("flashes")
  if (!words || !place) return
  const line = document.createElement("p")
  line.className = "flash flash--error"
  line.textContent = words
  place.replaceChildren(line)
  announce(words)
}

for (const failure of FAILURES) document.addEventListener(failure, show)
