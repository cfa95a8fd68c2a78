import ts from 'typescript';

/** One `import`, `export … from`, `import()` or `import('…')` type. */
export interface ImportSite {
  specifier: string;
  line: number;
  type_only: boolean;
  /** `export * from '…'` */
  re_exports_all: boolean;
}

/** A use of a global name: `fetch(…)`, `Math.random`, `new Date()`. */
export interface GlobalUse {
  expression: string;
  line: number;
}

/** Facts about one file that the rules need. */
export interface SourceFacts {
  file: string;
  line_count: number;
  is_generated: boolean;
  imports: ImportSite[];
  globals: GlobalUse[];
}

/** Reads a TypeScript file's imports and uses of globals without resolving anything. */
export function readSource(file: string, text: string): SourceFacts {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const facts: SourceFacts = {
    file,
    line_count: text.trimEnd().split('\n').length,
    is_generated: file.includes('/generated/') || text.slice(0, 400).includes('@generated'),
    imports: [],
    globals: [],
  };
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const visit = (node: ts.Node): void => {
    const site = importSite(node);
    if (site) facts.imports.push({ ...site, line: lineOf(node) });
    const expression = globalExpression(node);
    if (expression) facts.globals.push({ expression, line: lineOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return facts;
}

function importSite(node: ts.Node): Omit<ImportSite, 'line'> | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return {
      specifier: node.moduleSpecifier.text,
      type_only: isTypeOnlyClause(node.importClause),
      re_exports_all: false,
    };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    const names = node.exportClause && ts.isNamedExports(node.exportClause) ? node.exportClause.elements : [];
    const typeOnly = node.isTypeOnly || (names.length > 0 && names.every((name) => name.isTypeOnly));
    return { specifier: node.moduleSpecifier.text, type_only: typeOnly, re_exports_all: !node.exportClause };
  }
  if (ts.isCallExpression(node) && isModuleCall(node.expression)) {
    const [argument] = node.arguments;
    if (argument && ts.isStringLiteral(argument))
      return { specifier: argument.text, type_only: false, re_exports_all: false };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, type_only: true, re_exports_all: false };
  }
  return undefined;
}

function isModuleCall(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
}

function isTypeOnlyClause(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

function globalExpression(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    return `${node.expression.text}.${node.name.text}`;
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return `${node.expression.text}()`;
  const hasNoArguments = ts.isNewExpression(node) && ts.isIdentifier(node.expression) && !node.arguments?.length;
  return hasNoArguments ? `new ${node.expression.text}()` : undefined;
}
