/**
 * Around the rows of a list: j and k move, o opens (buttons with data-step 1, -1, 0), and the row whose request is open is
 * marked. Where the focus is, is the place in the list; without one it is the open row.
 */
class DeskList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this.#clicked)
    document.addEventListener("htmx:pushedIntoHistory", this.#mark)
    this.#mark()
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#clicked)
    document.removeEventListener("htmx:pushedIntoHistory", this.#mark)
  }

  get #links() { return [...this.querySelectorAll(".dense__subject")] }

  #clicked = (event) => {
    const step = event.target.closest("[data-step]")?.dataset.step
    if (step) this.#move(Number(step))
  }

  #move(step) {
    const links = this.#links
    const focused = links.indexOf(document.activeElement)
    const here = focused >= 0 ? focused : links.findIndex((link) => link.closest("[aria-current]"))
    if (step === 0) return links[here]?.click()
    const next = links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)]
    next?.focus({ preventScroll: true })
    next?.closest("li").scrollIntoView({ block: "nearest" })
  }

  #mark = () => {
    for (const link of this.#links) {
      const row = link.closest("li")
      if (location.pathname.startsWith(new URL(link.href).pathname)) row.setAttribute("aria-current", "true")
      else row.removeAttribute("aria-current")
    }
  }
}

customElements.define("desk-list", DeskList)
