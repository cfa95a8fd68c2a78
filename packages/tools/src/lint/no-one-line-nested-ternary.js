/**
 * ESLint rule: a conditional expression inside another one is never written on one line.
 *
 * Prettier joins every chain that fits into a line, so the fix is an `if`, an early return or a lookup table.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const noOneLineNestedTernary = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { nested: 'Nested ternary on one line: use `if`, an early return or a lookup table.' },
  },
  create(context) {
    return {
      'ConditionalExpression > ConditionalExpression'(node) {
        const { loc } = node.parent;
        if (loc.start.line === loc.end.line) context.report({ node, messageId: 'nested' });
      },
    };
  },
};
