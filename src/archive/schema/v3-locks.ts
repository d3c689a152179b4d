/**
 * Schema 3: what identifies the holder of a lock besides its process id, and its heartbeat. The id means something in one PID namespace
 * since one start of the machine only. A holder elsewhere cannot be asked; its heartbeat ends when it is killed.
 */
export const SCHEMA_3 = `
ALTER TABLE locks ADD COLUMN place TEXT;
ALTER TABLE locks ADD COLUMN beat_at TEXT;
`
