import { existing, namedFiles, projectOf } from './find';
import { Project, type ProjectOptions } from './project';

/** A file that is to be read, and the project to which it belongs. */
export interface Target {
  readonly path: string;
  readonly project: Project;
}

export interface TargetOptions extends ProjectOptions {
  /** Files and folders as the user names them. */
  readonly paths: readonly string[];
}

/** The files that paths name, and their projects, each opened once. */
export class Targets {
  private readonly opened = new Map<string, Project>();

  /** `keeps`: the files will be read again. */
  constructor(
    private readonly options: TargetOptions,
    private readonly folder: string,
    private readonly keeps = false,
  ) {}

  get projects(): readonly Project[] {
    return [...this.opened.values()];
  }

  /** The files as they are now, each once. @throws Failure when a path names nothing that can be read */
  async find(): Promise<readonly Target[]> {
    const found = new Map<string, Target>();
    for (const each of this.options.paths) {
      const named = existing(each, this.folder);
      const project = await this.projectOf(named);
      for (const path of namedFiles(named, project.wants)) found.set(path, { path, project });
    }
    return [...found.values()];
  }

  private projectOf(path: string): Promise<Project> {
    return this.projectAt(projectOf(path));
  }

  /** The project that stands in this folder. */
  async projectAt(root: string): Promise<Project> {
    const project =
      this.opened.get(root) ?? (await Project.open(root, { ...this.options, workingFolder: this.folder }, this.keeps));
    this.opened.set(root, project);
    return project;
  }
}
