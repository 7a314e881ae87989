import { announce } from "./announce.js"
import { fill, language } from "./words.js"

const PAUSE = 1000
const NEAR = 0.9

/**
 * Counts the characters of a field as a person counts them (grapheme clusters, after trimming).
 * data-for: the field's id; data-min, data-max; words: data-short {missing}, data-count {count}, data-near {left}, data-over {over}.
 */
class TextCounter extends HTMLElement {
  #segmenter = new Intl.Segmenter(language(), { granularity: "grapheme" })
  #said = ""

  connectedCallback() {
    this.field = document.getElementById(this.dataset.for)
    this.field?.addEventListener("input", this.#count)
    if (this.field?.value) this.#count()
  }

  disconnectedCallback() {
    this.field?.removeEventListener("input", this.#count)
    clearTimeout(this.timer)
  }

  #count = () => {
    const count = length(this.#segmenter, this.field.value.trim())
    const min = Number(this.dataset.min), max = Number(this.dataset.max)
    const bound = count > max ? "over" : count < min ? "short" : count >= max * NEAR ? "near" : "count"
    const figures = new Intl.NumberFormat(language())
    const words = fill(this.dataset[bound], {
      count: figures.format(count), missing: figures.format(min - count),
      left: figures.format(max - count), over: figures.format(count - max),
    })
    const place = this.querySelector(".counter")
    place.textContent = words
    place.dataset.bound = bound
    this.#tell(bound, words)
  }

  #tell(bound, words) {
    clearTimeout(this.timer)
    if (bound === this.#said && bound !== "over") return
    this.timer = setTimeout(() => { this.#said = bound; announce(words) }, PAUSE)
  }
}

function length(segmenter, text) {
  // Every ASCII character but CR LF is one cluster: the common case costs nothing.
  if (/^[\x20-\x7e\n]*$/.test(text)) return text.length
  let count = 0
  for (const _ of segmenter.segment(text)) count += 1
  return count
}

customElements.define("text-counter", TextCounter)
