/** Fill {placeholders} of a sentence that came from a data- attribute. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole))
}

export const language = () => document.documentElement.lang || "en"
