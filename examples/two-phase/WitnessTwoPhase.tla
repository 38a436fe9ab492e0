-------------------------- MODULE WitnessTwoPhase --------------------------
(* What can be reached, said as an invariant that must be violated. *)
EXTENDS MCTwoPhase

NeverAllCommitted == \E r \in RM : rmState[r] # "committed"
=============================================================================
