/** Every tab's database has a name that begins so, and holds the lock of that name as long as it lives. */
export const databasePrefix = 'sagascope-run-';
