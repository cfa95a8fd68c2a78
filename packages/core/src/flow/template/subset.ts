/** The closed subset: no loops, no includes, no captures, and no filter that has no bound. */
export const TEMPLATE_TAGS = ['if', 'unless', 'case', 'assign'] as const;

export const TEMPLATE_FILTERS = [
  'append',
  'capitalize',
  'default',
  'divided_by',
  'downcase',
  'join',
  'minus',
  'plus',
  'prepend',
  'replace',
  'round',
  'size',
  'strip',
  'times',
  'truncate',
  'upcase',
] as const;
