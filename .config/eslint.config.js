// Run from the top folder: eslint --config .config/eslint.config.js .
import { dirname } from 'node:path';
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

const htmlFromText = 'Text becomes HTML here: let Svelte put it in as text, or build the nodes.';

export default defineConfig(
  { ignores: ['dist', 'coverage', 'node_modules'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: dirname(import.meta.dirname),
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-restricted-properties': [
        'error',
        { property: 'innerHTML', message: htmlFromText },
        { property: 'outerHTML', message: htmlFromText },
        { property: 'insertAdjacentHTML', message: htmlFromText },
      ],
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }], // vitest reads a fixture's needs there
      'no-undef': 'off', // the compiler knows better
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-empty-object-type': ['error', { allowObjectTypes: 'always' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'require-yield': 'off', // a handler that yields nothing is still a handler
      'svelte/no-at-html-tags': 'error',
      'svelte/no-navigation-without-resolve': 'off', // for SvelteKit's router only
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
);
