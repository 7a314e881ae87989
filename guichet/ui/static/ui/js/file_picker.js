import { announce } from "./announce.js"
import { upload } from "./upload.js"
import { fill, language } from "./words.js"

/**
 * Sends each chosen, dropped or pasted file at once and shows it as a chip with progress and cancel. The ids of those that
 * arrived stand in the hidden field `attachments`. Markup and words: components/file_picker.html.
 */
class FilePicker extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form")
    this.input = this.querySelector('input[type="file"]')
    this.ids = this.querySelector('input[name="attachments"]')
    this.list = this.querySelector("[data-list]")
    this.running = new Map()
    this.input.addEventListener("change", this.#chosen)
    this.addEventListener("click", this.#clicked)
    this.form.addEventListener("dragover", this.#over)
    this.form.addEventListener("dragleave", this.#out)
    this.form.addEventListener("drop", this.#dropped)
    this.form.addEventListener("paste", this.#pasted)
  }

  disconnectedCallback() {
    this.input.removeEventListener("change", this.#chosen)
    this.removeEventListener("click", this.#clicked)
    this.form.removeEventListener("dragover", this.#over)
    this.form.removeEventListener("dragleave", this.#out)
    this.form.removeEventListener("drop", this.#dropped)
    this.form.removeEventListener("paste", this.#pasted)
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
    const button = event.target.closest("[data-remove]")
    if (!button || !this.contains(button)) return
    const chip = button.closest("li")
    this.running.get(chip)?.abort()
    this.#forget(button.dataset.remove)
    chip.remove()
    this.input.focus()
  }

  #add(file, name = file.name) {
    const chip = this.#chip(file, name)
    this.list.append(chip)
    const mistake = this.#mistake(file)
    if (mistake) return this.#fail(chip, mistake)
    const sending = upload(file, name, { url: this.dataset.url, token: this.#token, progress: (part) => this.#show(chip, part) })
    this.running.set(chip, sending)
    sending.done.then((id) => this.#arrived(chip, id, name)).catch((words) => this.#fail(chip, words || this.dataset.failed))
      .finally(() => this.running.delete(chip))
  }

  #mistake(file) {
    if (file.size === 0) return this.dataset.empty
    if (file.size > Number(this.dataset.maxBytes)) return this.dataset.tooLarge
    if (this.#known.length + this.running.size >= Number(this.dataset.maxFiles)) return this.dataset.tooMany
    return ""
  }

  #chip(file, name) {
    const chip = this.querySelector("template").content.firstElementChild.cloneNode(true)
    const size = new Intl.NumberFormat(language(), { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 })
    const button = chip.querySelector("[data-remove]")
    chip.querySelector(".file__name").textContent = name
    chip.querySelector(".file__size").textContent = size.format(Math.ceil(file.size / 1024))
    button.setAttribute("aria-label", fill(button.dataset.label, { name }))
    chip.querySelector("progress")?.setAttribute("aria-label", fill(this.dataset.uploading, { name }))
    if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) chip.querySelector(".file__thumb").replaceChildren(thumb(file))
    return chip
  }

  #show(chip, part) {
    const bar = chip.querySelector("progress")
    if (bar) bar.value = part * bar.max
  }

  #arrived(chip, id, name) {
    chip.querySelector(".file__progress")?.remove()
    chip.querySelector("[data-remove]").dataset.remove = id
    this.#keep([...this.#known, id])
    announce(fill(this.dataset.done, { name }))
  }

  #fail(chip, words) {
    chip.querySelector(".file__progress")?.remove()
    chip.firstElementChild.classList.add("file--error")
    chip.querySelector(".file__size").textContent = words
    announce(words)
  }

  #forget(id) {
    if (!id) return
    this.#keep(this.#known.filter((known) => known !== id))
    fetch(`${this.dataset.url}${id}/removal/`, { method: "POST", headers: { "X-CSRFToken": this.#token } }).catch(() => {})
  }

  #keep(ids) {
    this.ids.value = ids.join(" ")
    this.ids.dispatchEvent(new Event("input", { bubbles: true })) // a draft-keeper around the form listens
  }

  get #known() { return this.ids.value.split(" ").filter(Boolean) }
  get #token() { return this.form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "" }
}

const thumb = (file) => {
  const image = new Image()
  image.alt = ""
  image.src = URL.createObjectURL(file)
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true })
  return image
}

customElements.define("file-picker", FilePicker)
