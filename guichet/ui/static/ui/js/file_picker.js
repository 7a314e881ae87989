import { announce } from "./announce.js"
import "./file_chips.js"
import { upload } from "./upload.js"
import { fill, language } from "./words.js"

/**
 * Sends each chosen, dropped or pasted file at once and shows it as a chip with progress and cancel; <file-chips> inside keeps
 * those that arrived. A form sent while files are on their way waits for them. Markup and words: components/file_picker.html.
 */
class FilePicker extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form")
    this.input = this.querySelector('input[type="file"]')
    this.chips = this.querySelector("file-chips")
    this.running = new Map()
    this.input.addEventListener("change", this.#chosen)
    this.addEventListener("click", this.#clicked)
    this.form.addEventListener("dragover", this.#over)
    this.form.addEventListener("dragleave", this.#out)
    this.form.addEventListener("drop", this.#dropped)
    this.form.addEventListener("paste", this.#pasted)
    this.form.addEventListener("submit", this.#hold, true) // before anybody takes it for sent
  }

  disconnectedCallback() {
    this.input.removeEventListener("change", this.#chosen)
    this.removeEventListener("click", this.#clicked)
    this.form.removeEventListener("dragover", this.#over)
    this.form.removeEventListener("dragleave", this.#out)
    this.form.removeEventListener("drop", this.#dropped)
    this.form.removeEventListener("paste", this.#pasted)
    this.form.removeEventListener("submit", this.#hold, true)
    for (const sending of this.running.values()) sending.abort()
  }

  #chosen = () => {
    for (const file of this.input.files) this.#add(file)
    this.input.value = "" // or the form would send them a second time
  }

  #over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.form.dataset.dropping = ""
  }

  #out = () => { delete this.form.dataset.dropping }

  #dropped = (event) => {
    this.#out()
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    for (const file of event.dataTransfer.files) this.#add(file)
  }

  #pasted = (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    if (!files.length) return
    event.preventDefault()
    for (const file of files) this.#add(file, this.#pastedName(file))
  }

  #pastedName(file) {
    if (file.name && !/^image\.\w+$/.test(file.name)) return file.name
    const when = new Intl.DateTimeFormat(language(), { dateStyle: "short", timeStyle: "medium" }).format(new Date())
    return `${this.dataset.pasted} ${when}.${file.type.split("/")[1] ?? "png"}`.replaceAll("/", "-")
  }

  #clicked = (event) => {
    const chip = event.target.closest("[data-remove]")?.closest("li")
    if (!chip) return
    this.running.get(chip)?.abort()
    this.chips.drop(chip)
    this.input.focus()
    this.#settled(chip)
  }

  #add(file, name = file.name) {
    const chip = this.chips.add(name)
    const size = new Intl.NumberFormat(language(), { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 })
    const bar = chip.querySelector("progress")
    chip.querySelector(".file__size").textContent = size.format(Math.ceil(file.size / 1024))
    bar.setAttribute("aria-label", fill(this.dataset.uploading, { name }))
    if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) chip.querySelector(".file__thumb").replaceChildren(thumb(file))
    const mistake = this.#mistake(file)
    if (mistake) return this.#fail(chip, mistake)
    const token = this.form.elements.namedItem("csrfmiddlewaretoken")?.value ?? ""
    const sending = upload(file, name, { url: this.dataset.url, token, progress: (part) => { bar.value = part * bar.max } })
    this.running.set(chip, sending)
    sending.done.then((id) => this.#arrived(chip, id, name), (words) => this.#fail(chip, words || this.dataset.failed))
      .then(() => this.#settled(chip))
  }

  #mistake(file) {
    if (file.size === 0) return this.dataset.empty
    if (file.size > Number(this.dataset.maxBytes)) return this.dataset.tooLarge
    if (this.chips.known.length + this.running.size >= Number(this.dataset.maxFiles)) return this.dataset.tooMany
    return ""
  }

  #arrived(chip, id, name) {
    this.chips.take(chip, id)
    announce(fill(this.dataset.done, { name }))
  }

  #fail(chip, words) {
    this.#release()
    chip.querySelector(".file__progress").remove()
    chip.firstElementChild.classList.add("file--error")
    chip.querySelector(".file__size").textContent = words
    announce(words)
  }

  #hold = (event) => {
    if (!this.running.size) return
    event.preventDefault()
    event.stopImmediatePropagation()
    this.held = { button: event.submitter }
    event.submitter?.setAttribute("aria-busy", "true")
    announce(this.dataset.waiting)
  }

  #release() {
    const { held } = this
    this.held = undefined
    held?.button?.removeAttribute("aria-busy")
    return held
  }

  #settled(chip) {
    this.running.delete(chip)
    if (this.running.size) return
    const held = this.#release()
    if (!held || !this.isConnected) return
    // By its button, which both the browser and htmx take for the one that was pressed.
    held.button ? held.button.click() : this.form.requestSubmit()
  }
}

const thumb = (file) => {
  const image = new Image()
  image.alt = ""
  image.src = URL.createObjectURL(file)
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true })
  return image
}

customElements.define("file-picker", FilePicker)
