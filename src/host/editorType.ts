/** The inspector as an editor of documents, by the name that the manifest gives it. */
export const EDITOR_TYPE = 'transposedConv.document';
