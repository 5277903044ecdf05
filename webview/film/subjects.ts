import { elementsOfWindow, fullIndex, placeIn, type Subject, subjectOf } from '../../src/core/derive/subject';
import { type Window, windowOf } from '../../src/core/derive/window';
import type { Cell } from '../../src/core/explain/contributions';
import type { Received } from '../../src/protocol/panel';
import type { Actions, Computed, Link, Model } from '../model';
import { channelGroups, channelsOnShow } from '../state/channelGroups';
import { fromHost, fromSight } from '../state/values';
import type { Slices } from '../view';
import type { Focus, Shown } from './film';

/** A subject, and the layer that it is a window of. */
export interface Followed extends Shown {
  readonly subject: Subject;
}

/** The batch item and the pair of channels that are on show. */
export function channelsOf({ plan }: Pick<Computed, 'plan'>, slices: Slices): Window['channels'] {
  const channels = { input: plan.inputChannels, output: plan.outputChannels };
  const groups = channelGroups(plan.kind, plan.weightShape, channels);
  const { inputChannel, outputChannel } = channelsOnShow(slices, groups, channels);
  return { batch: Math.min(slices.batch, plan.batch - 1), from: inputChannel, to: outputChannel };
}

/** The output nearest to what is pointed at, along each spatial axis. */
function nearOf({ plan }: Computed, link: Link | undefined): readonly number[] | undefined {
  if (!link || link.cell.tensor === 'weight') return undefined;
  const output = link.cell.tensor === 'output' ? link.cell.index : link.contributions.list[0]?.output;
  return output?.slice(-plan.rank);
}

/** The window that is on show, unless what is pointed at has left it. */
function windowFor(computed: Computed, model: Model, shown: Window | undefined): Window | undefined {
  const { link } = model;
  const isInside = shown !== undefined && (!link || placeIn(computed.plan, shown, link.cell) !== undefined);
  if (isInside) return shown;
  return windowOf(computed.plan, channelsOf(computed, model.view.slices), nearOf(computed, link));
}

/**
 * Follows the part of the document that derivations work on. `tell` is called when it has changed: with nothing where
 * there is none, because the parameters have never been legal or the tensors have no elements. Values that the page
 * lacks are asked of the host; an answer that comes too late is dropped.
 */
export function followSubject(
  actions: Actions,
  tell: (followed: Followed | undefined) => void,
): (model: Model) => void {
  let computed: Computed | undefined;
  let received: Received | undefined;
  let shown: Window | undefined;
  let channels = '';
  let told = false;
  return (model) => {
    const now = model.computed;
    const nowChannels = now ? JSON.stringify(channelsOf(now, model.view.slices)) : '';
    const keeps = now !== undefined && now.plan === computed?.plan && nowChannels === channels;
    const window = now && windowFor(now, model, keeps ? shown : undefined);
    if (told && keeps && window === shown && now === computed && model.received === received) return;
    [computed, received, shown, channels, told] = [now, model.received, window, nowChannels, true];
    if (!now || !received || !window) {
      tell(undefined);
      return;
    }
    const values = received;
    const bias = now.head.biasShape !== undefined;
    const wanted = elementsOfWindow(now.plan, window, bias);
    const done = (at: Parameters<typeof subjectOf>[3]): void => {
      const subject = subjectOf(now.plan, window, now.head.dtype, at, bias);
      tell({ computed: now, subject, window: subject });
    };
    const here = fromSight(wanted, now, values.sight);
    if (here) {
      done(here);
      return;
    }
    fromHost(wanted, now, (tensor, indices) => actions.host.values(tensor, indices)).then(
      (at) => {
        if (computed === now && received === values && shown === window) done(at);
      },
      (error: unknown) => actions.announce(String(error)),
    );
  };
}

/** What is pointed at, as a film sees it. */
export function focusOf({ window, computed }: Shown, link: Link | undefined): Focus {
  const placed = link && placeIn(computed.plan, window, link.cell);
  const lit = new Set<string>();
  if (link && placed) {
    lit.add(`${link.cell.tensor} ${placed.join()}`);
    for (const product of link.contributions.list)
      for (const tensor of ['input', 'weight', 'output'] as const) {
        const place = placeIn(computed.plan, window, { tensor, index: product[tensor] });
        if (place) lit.add(`${tensor} ${place.join()}`);
      }
  }
  return {
    followed: (tensor) => (link?.cell.tensor === tensor ? placed : undefined),
    isLit: (tensor, place) => lit.has(`${tensor} ${place.join()}`),
  };
}

/** A cell of the window, in the document's own tensors. */
export const cellOf = ({ window, computed }: Shown, { tensor, index }: Cell): Cell => ({
  tensor,
  index: fullIndex(computed.plan, window, tensor, index),
});
