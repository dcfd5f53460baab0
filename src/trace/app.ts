/** Who writes a trace. The version is that of `package.json`; a test compares them. */
export const app = { name: 'Sagascope', version: '0.1.0' } as const;
