import { announce } from "./announce.js"

const FAILURES = ["htmx:responseError", "htmx:sendError", "htmx:timeout"]

/** A request that htmx could not finish is said aloud and shown: the page itself stays as it was. */
function show(event) {
  const words = said(event.detail.xhr) ?? document.body.dataset.failed
  const place = document.getElementById("flashes")
  if (!words || !place) return
  const line = document.createElement("p")
  line.className = "flash flash--error"
  line.textContent = words
  place.replaceChildren(line)
  announce(words)
}

/** The sentence of the fragment that the server answers a refusal with. */
function said(request) {
  const page = new DOMParser().parseFromString(request?.responseText ?? "", "text/html")
  return page.querySelector(".flash p")?.textContent
}

/** What was refused is not said any more once something else is tried. */
function clear(event) {
  if (event.detail.requestConfig.verb === "get") return
  for (const complaint of document.querySelectorAll("#flashes .flash--error")) complaint.remove()
}

document.addEventListener("htmx:beforeRequest", clear)
for (const failure of FAILURES) document.addEventListener(failure, show)
