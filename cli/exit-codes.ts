/** The exit codes that are ours; those of TLC (0, 10 to 14, 75 to 77, 150 to 153) are passed on as they are. */

/** A program that is needed is not there. */
export const MISSING_TOOL = 2;
/** A reducer and its specification do not agree, or a recording violates a specification. */
export const MISMATCH = 3;
/** Something that should have been checked was not: it was skipped, compared nothing, or found the unexpected. */
export const NOT_CHECKED = 4;
/** The command line, or a file handed in, makes no sense. */
export const BAD_INPUT = 64;
