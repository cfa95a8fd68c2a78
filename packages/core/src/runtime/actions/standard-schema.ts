/**
 * What schema libraries (zod, valibot, arktype …) have in common: https://standardschema.dev. So a host's step is typed by whichever
 * library and version of it the host has.
 */
export interface StandardSchema<Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
  };
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };

/** Everything that is wrong, in one line. */
export function describeIssues(issues: NonNullable<StandardResult<unknown>['issues']>): string {
  return issues
    .map(({ message, path = [] }) =>
      [...path.map((part) => String(typeof part === 'object' ? part.key : part)), message].join(': '),
    )
    .join('; ');
}
