/** Ways to go down, with PyTorch's names and numbers: `SGD`, `SGD(momentum=0.9)`, `Adam`. */
export const OPTIMIZERS = ['adam', 'momentum', 'descent'] as const;
export type Optimizer = (typeof OPTIMIZERS)[number];

const MOMENTUM = 0.9;
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** Changes the weights in place by one step against the gradient. Keeps what the method remembers between steps. */
export function createOptimizer(
  method: Optimizer,
  rate: number,
  count: number,
): (weights: Float64Array, gradient: Float64Array) => void {
  const first = new Float64Array(count);
  const second = new Float64Array(count);
  let step = 0;
  switch (method) {
    case 'descent':
      return (weights, gradient) => {
        for (let at = 0; at < count; at++) weights[at] -= rate * gradient[at];
      };
    case 'momentum':
      // As `torch.optim.SGD` has it: the rate is outside of what is remembered, which begins as the first gradient.
      return (weights, gradient) => {
        for (let at = 0; at < count; at++) {
          first[at] = MOMENTUM * first[at] + gradient[at];
          weights[at] -= rate * first[at];
        }
      };
    case 'adam':
      // Kingma and Ba 2015, algorithm 1, with the bias corrections of PyTorch.
      return (weights, gradient) => {
        step++;
        const [fresh1, fresh2] = [1 - BETA1 ** step, Math.sqrt(1 - BETA2 ** step)];
        for (let at = 0; at < count; at++) {
          first[at] = BETA1 * first[at] + (1 - BETA1) * gradient[at];
          second[at] = BETA2 * second[at] + (1 - BETA2) * gradient[at] ** 2;
          weights[at] -= ((rate / fresh1) * first[at]) / (Math.sqrt(second[at]) / fresh2 + EPSILON);
        }
      };
    default:
      return method satisfies never;
  }
}
