"""What is measured on a page in the browser: scripts that return what is wrong, empty where all is well."""

SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [document.documentElement.scrollWidth]"""
"""Does the page scroll sideways?"""

CUT = """() => {
  const visible = element => element.checkVisibility() && !element.closest('.unseen, [role=region][tabindex="0"]')
  return [...document.querySelectorAll('body *')].filter(visible).filter(element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect()
    const hides = style.textOverflow === 'ellipsis' || (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
    return (hides && element.tagName !== 'INPUT') || box.left < -1 || box.right > innerWidth + 1
  }).map(element => element.outerHTML.slice(0, 120))
}"""
"""Which elements hide a part of their text, or stand outside the window?

Tables may lie in a region of their own that the keyboard scrolls (WCAG 2.2, 1.4.10).
"""

OVERLAPPING = """() => {
  const lines = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode, range = document.createRange()
    if (!node.data.trim() || !node.parentElement.checkVisibility() || node.parentElement.closest('.unseen, textarea')) continue
    range.selectNodeContents(node)
    for (const box of range.getClientRects()) if (box.width > 1) lines.push({node, box})
  }
  const across = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left)
  const down = (a, b) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
  const found = []
  lines.forEach((one, at) => lines.slice(at + 1).forEach(other => {
    const most = Math.min(one.box.height, other.box.height) / 2
    const overlaid = Math.min(across(one.box, other.box), down(one.box, other.box)) > most
    if (one.node !== other.node && overlaid) found.push(one.node.data + ' | ' + other.node.data)
  }))
  return found
}"""
"""Which lines of text lie on one another?"""

SMALL = """least => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter(element => {
  const among = [...element.parentElement.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
  if (element.tagName === 'A' && among && getComputedStyle(element).display === 'inline') return false
  const box = (element.closest('label') || element).getBoundingClientRect()
  return box.width && (box.width < least || box.height < least)
}).map(element => element.outerHTML.slice(0, 120))"""
"""What can be pressed and is smaller than this, but for links within a sentence?"""

SMALL_CHOICES = """least => [...document.querySelectorAll('label:has([type=radio], [type=checkbox])')].filter(label => {
  const box = label.getBoundingClientRect()
  return box.width && (box.width < least || box.height < least)
}).map(label => label.innerText)"""
"""Which options are smaller than this?"""

FOCUS = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect()
  const framed = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  const seen = [element, element.closest('label')].some(part => part && framed(getComputedStyle(part)))
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
  return {name: element.name || element.id || element.tagName, tag: element.tagName, seen, inside,
          place: box.top + scrollY, left: box.left}
}"""
"""What has the focus, can it be seen, and where is it?"""

MOVING = """() => [...document.querySelectorAll('*')].filter(element => {
  const style = getComputedStyle(element), long = text => text.split(',').some(part => parseFloat(part) > 0.01)
  if (style.scrollBehavior === 'smooth') return true
  return (style.animationName !== 'none' && long(style.animationDuration)) || long(style.transitionDuration)
}).map(element => element.outerHTML.slice(0, 120))"""
"""What moves?"""

BUTTONS = """() => [...document.querySelectorAll('button, .button')].filter(button => button.checkVisibility())
  .map(button => button.innerText)"""
"""Which buttons are there?"""

UNFRAMED = """() => [...document.querySelectorAll('button, .button')].filter(button => {
  const style = getComputedStyle(button)
  return button.checkVisibility() && style.borderTopWidth === '0px' && !style.textDecorationLine.includes('underline')
}).map(button => button.innerText)"""
"""Which buttons look like plain text where the system chooses the colours?"""
