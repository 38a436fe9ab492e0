/** What killed a mutant; the later ones are tried where those before found nothing. */
export type Layer = "types" | "property" | "sound" | "complete" | "refusals" | "must-fail" | "witness" | "timeout";

/** What one model makes of a mutant. */
export interface Trial {
  readonly killedBy?: Layer;
  /** What gave it away, in one line. */
  readonly says?: string;
  /** The graph of the model, where the mutant has the same. */
  readonly same?: { readonly states: number; readonly edges: number };
  readonly seconds: number;
}
