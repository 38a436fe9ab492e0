----------------------------- MODULE MCTwoPhase -----------------------------
(* TwoPhase with the bounds of MCTwoPhase.cfg: three resource managers. *)
EXTENDS TwoPhase
=============================================================================
