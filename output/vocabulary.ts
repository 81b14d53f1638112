/** Words of the record that are needed without its schema: reading the schema takes longer than starting the program. */

export const SCHEMA_VERSION = '1.0';

export const OUTCOMES = ['done', 'partial', 'failed'] as const;
