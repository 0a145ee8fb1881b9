import { expect, test } from 'vitest';
import { requireResources } from '../../../../src/backends/paddleflow/resources/input.ts';
import { memoryOf, parseQuantity } from '../../../../src/backends/paddleflow/resources/quantity.ts';

test.each([
  ['0', 0],
  ['20', 20],
  ['500m', 0.5],
  ['18500m', 18.5],
  ['250u', 0.00025],
  ['7n', 7e-9],
  ['0.1', 0.1],
  ['.5', 0.5],
  ['5.', 5],
  ['+2', 2],
  ['-2', -2],
  ['3k', 3000],
  ['1.1M', 1.1e6],
  ['20G', 20e9],
  ['2T', 2e12],
  ['2P', 2e15],
  ['2E', 2e18],
  ['1Ki', 1024],
  ['1.5Mi', 1.5 * 1024 ** 2],
  ['20Gi', 20 * 1024 ** 3],
  ['2Ti', 2 * 1024 ** 4],
  ['2Pi', 2 * 1024 ** 5],
  ['2Ei', 2 * 1024 ** 6],
  ['1e3', 1000],
  ['1E3', 1000],
  ['12e-1', 1.2],
  ['1e+2', 100],
])('%s comes to %d', (text, value) => {
  expect(parseQuantity(text)).toBe(value);
});

test.each([
  '',
  ' ',
  '1 ',
  'Gi',
  '1K',
  '1ki',
  '1gi',
  '1GI',
  '1e',
  '1e3Gi',
  '1,5',
  '0x10',
  'NaN',
  'Infinity',
  '1e999',
  '--1',
  '.',
  '20GiB',
  '１',
])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test.each([
  ['20Gi', '20Gi'],
  ['20G', '20G'],
  ['1048576k', '1000Mi'],
  ['524288k', '500Mi'],
  ['1073741824k', '1000Gi'],
  ['8G', '8G'],
  ['0', '0'],
  ['', ''],
  ['much', 'much'],
])('a size that the server writes as %j is shown as %j, and is the same', (text, shown) => {
  expect(memoryOf(text)).toEqual({ text: shown, value: parseQuantity(text) ?? null });
  expect(parseQuantity(shown)).toBe(parseQuantity(text));
});

test.each([
  [{ cpu: 'x', memory: '1Gi' }, 'max.cpu'],
  [{ cpu: '-1', memory: '1Gi' }, 'max.cpu'],
  [{ cpu: '1', memory: '1GB' }, 'max.memory'],
  [{ cpu: '1', memory: '1', devices: [{ name: 'nvidia.com/gpu', quantity: 'two' }] }, 'max.devices.0.quantity'],
  [{ cpu: '1', memory: '1', devices: [{ name: 'nvidia.com/gpu/x', quantity: '2' }] }, 'max.devices.0.name'],
  [
    {
      cpu: '1',
      memory: '1',
      devices: [
        { name: 'gpu', quantity: '2' },
        { name: 'gpu', quantity: '3' },
      ],
    },
    'max.devices.1.name',
  ],
])('of %j the field at fault is named', (input, field) => {
  expect(() => requireResources(input, 'max')).toThrow(expect.objectContaining({ name: 'InvalidInputProblem', field }));
});
