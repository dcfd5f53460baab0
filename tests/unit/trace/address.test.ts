import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages, readAddress, views, writeAddress, type Address } from '../../../src/trace/address.ts';
import { flows } from '../../../src/trace/option-values.ts';
import { someOptions } from './samples.ts';

describe('the address', () => {
  test('says what the design says it does', () => {
    expect(
      readAddress('?flow=campaign&view=verify&lang=ko&scene=F49a&step=12&embed=1&publish=afterCommit&bus=log&relays=2'),
    ).toEqual({
      flow: 'campaign',
      view: 'verify',
      lang: 'ko',
      scene: 'F49a',
      step: 12,
      embed: true,
      options: { publish: 'afterCommit', bus: 'log', relays: 2 },
      problems: [],
    });
    expect(readAddress('')).toEqual({ options: {}, problems: [] });
    expect(readAddress('bus=log')).toEqual({ options: { bus: 'log' }, problems: [] });
  });

  test('what it does not know is passed over and named', () => {
    const { problems, ...read } = readAddress(
      '?flow=voyage&step=-1&step=1.5&step=9999999999&embed=0&scene=f08&scene=F8&relays=3&bus=&bus=log&bus=queue&toString=1&__proto__=1&utm=' +
        'x'.repeat(999),
    );
    expect(read).toEqual({ options: { bus: 'log' } });
    expect(problems.map(({ code, name, value }) => `${code} ${name}=${value}`)).toEqual([
      'unknownValue flow=voyage',
      'unknownValue step=-1',
      'unknownValue step=1.5',
      'unknownValue step=9999999999',
      'unknownValue embed=0',
      'unknownValue scene=f08',
      'unknownValue scene=F8',
      'unknownValue relays=3',
      'unknownValue bus=',
      'repeated bus=queue',
      'unknownName toString=1',
      'unknownName __proto__=1',
      `unknownName utm=${'x'.repeat(120)}`,
    ]);
  });

  test('is written in one order, and only what there is to say', () => {
    expect(writeAddress({})).toBe('');
    expect(writeAddress({ options: {} })).toBe('');
    const options = { bus: 'log', publish: 'outbox' } as const;
    expect(writeAddress({ options, step: 0, embed: true, scene: 'F08', flow: 'budget' })).toBe(
      '?flow=budget&scene=F08&step=0&embed=1&publish=outbox&bus=log',
    );
  });

  test('what was written is read back', () => {
    const addresses = fc.record(
      {
        flow: fc.constantFrom(...flows),
        view: fc.constantFrom(...views),
        lang: fc.constantFrom(...languages),
        scene: fc.constantFrom('F01', 'F49b'),
        step: fc.nat(999_999_999),
        embed: fc.constant(true),
        options: someOptions,
      },
      { requiredKeys: ['options'] },
    ) as fc.Arbitrary<Address>;
    fc.assert(
      fc.property(
        addresses,
        (address) => void expect(readAddress(writeAddress(address))).toEqual({ ...address, problems: [] }),
      ),
    );
  });

  test('any text gives an address', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(readAddress(text)).toHaveProperty('options')));
  });
});
