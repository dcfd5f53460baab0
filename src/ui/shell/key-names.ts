/** The page's keys as they are written on a keyboard, by what they do. */
export const keys = {
  space: ['Space'],
  arrows: ['←', '→'],
  ends: ['Home', 'End'],
  next: ['N'],
  activate: ['A'],
  deactivate: ['D'],
  book: ['B'],
  cancel: ['C'],
  yes: ['Y', 'X'],
  views: ['V'],
  settle: ['S'],
  reset: ['R'],
  help: ['?'],
  stage: ['←', '→', '↑', '↓'],
} as const;
