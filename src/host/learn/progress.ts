import type * as vscode from 'vscode';
import { LESSONS } from '../../core/learn/lessons';

const KEY = 'learn.done';

/** Which lessons' tasks have been done. Kept by VS Code for this user, in all windows; nothing else is kept of it. */
export class Progress {
  constructor(private readonly store: Pick<vscode.Memento, 'get' | 'update'>) {}

  isDone(id: string): boolean {
    return this.all().includes(id);
  }

  async add(id: string): Promise<void> {
    if (this.isDone(id) || !LESSONS.some((lesson) => lesson.id === id)) return;
    await this.store.update(KEY, [...this.all(), id]);
  }

  private all(): readonly unknown[] {
    const kept = this.store.get<unknown>(KEY);
    return Array.isArray(kept) ? kept : [];
  }
}
