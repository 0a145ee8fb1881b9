/** The value of `SourceKind` for a `kind` of the configuration: `huawei-dli` is `HUAWEI_DLI`. */
export const kindName = (kind: string): string => kind.toUpperCase().replaceAll('-', '_');
