/** @typedef {string | Node | null | false} Leaf */
/** @typedef {Leaf | readonly (Leaf | readonly Leaf[])[]} Child */
/** @typedef {string | number | boolean | null | EventListener} AttributeValue */

/**
 * An element with its attributes and children. A function is a listener, `true` an attribute without a
 * value, `false` and `null` none. Text stays text: nothing on these pages reads HTML.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, AttributeValue>>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value)
    else if (value !== null && value !== false) element.setAttribute(name, textOf(value))
  }
  element.append(...nodesOf(children))
  return element
}

/** @param {string | number | true} value */
const textOf = (value) => (value === true ? '' : String(value))

/**
 * @param {readonly Child[]} children
 * @returns {(string | Node)[]}
 */
const nodesOf = (children) => children.flat(2).filter((child) => child !== null && child !== false)

/**
 * The element of the page's shell with this id.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`the page has no #${id}`)
  return element
}
