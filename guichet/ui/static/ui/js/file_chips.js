import { announce } from "./announce.js"
import { fill } from "./words.js"

const RETRY = 5000

/**
 * Around the hidden field `attachments` of a form and the chips of its files: each id there has its chip, so that what a draft
 * or going back has put into the field is never sent unseen. A chip that is missing is drawn by the server, at
 * data-url<id>/chip/; an id whose file is gone is taken out, and that is said. Words: data-earlier.
 */
class FileChips extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form")
    this.ids = this.querySelector("input")
    this.list = this.querySelector("[data-list]")
    this.ids.addEventListener("input", this.#match)
    this.querySelector("[data-awaited]")?.remove()
    this.#match()
  }

  disconnectedCallback() {
    this.ids.removeEventListener("input", this.#match)
  }

  get known() { return this.ids.value.split(" ").filter(Boolean) }

  /** A new chip, of a file that has no id yet. */
  add(name) {
    const chip = this.querySelector("template").content.firstElementChild.cloneNode(true)
    const button = chip.querySelector("[data-remove]")
    chip.querySelector(".file__name").textContent = name
    button.setAttribute("aria-label", fill(button.dataset.label, { name }))
    this.list.append(chip)
    return chip
  }

  /** The file of this chip has arrived, and goes with the form. */
  take(chip, id) {
    chip.querySelector(".file__progress").remove()
    chip.querySelector("[data-remove]").dataset.remove = id
    this.#keep([...this.known, id])
  }

  /** Take a file off the form again, and back from the server. */
  drop(chip) {
    const id = idOf(chip)
    chip.remove()
    if (!id) return
    this.#keep(this.known.filter((known) => known !== id))
    const token = this.form.elements.namedItem("csrfmiddlewaretoken")?.value ?? ""
    fetch(`${this.dataset.url}${id}/removal/`, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {})
  }

  #keep(ids) {
    this.ids.value = ids.join(" ")
    this.ids.dispatchEvent(new Event("input", { bubbles: true })) // a draft-keeper around the form listens
  }

  #match = () => {
    const shown = new Map([...this.list.children].map((chip) => [idOf(chip), chip]))
    const { known } = this
    for (const [id, chip] of shown) if (id && !known.includes(id)) chip.remove()
    for (const id of known) if (!shown.has(id)) this.#recall(id)
  }

  #recall(id) {
    const chip = this.add(this.dataset.earlier)
    chip.querySelector(".file__progress").remove()
    chip.querySelector("[data-remove]").dataset.remove = id
    this.#draw(chip, id)
  }

  async #draw(chip, id) {
    try {
      const drawn = await chipAt(`${this.dataset.url}${encodeURIComponent(id)}/chip/`)
      drawn ? chip.replaceWith(drawn) : this.#lose(id)
    } catch {
      setTimeout(() => { if (chip.isConnected) this.#draw(chip, id) }, RETRY)
    }
  }

  #lose(id) {
    if (!this.known.includes(id)) return // taken off meanwhile
    this.#keep(this.known.filter((known) => known !== id))
    const note = this.querySelector("[data-lost]")
    note.hidden = false
    announce(note.textContent)
  }
}

/** The id of the file that a chip stands for; empty while it is on its way, or where it failed. */
const idOf = (chip) => chip.querySelector("[data-remove]").dataset.remove

/** The chip of a file that was sent before, as the server draws it; null where there is no such file any more. */
async function chipAt(address) {
  // Who is signed out is led to a page that is no chip.
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error" })
  if (answer.status === 404) return null
  if (!answer.ok) throw new Error(String(answer.status))
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("li")
}

customElements.define("file-chips", FileChips)
