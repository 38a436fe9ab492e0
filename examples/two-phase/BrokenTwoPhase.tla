--------------------------- MODULE BrokenTwoPhase ---------------------------
(* TwoPhase with one thing done otherwise: each is put in the place of an action by a configuration that must fail. *)
EXTENDS MCTwoPhase

(* For TMCommit: the transaction manager does not wait for the resource managers. *)
CommitsAtOnce ==
  /\ tmState = "init"
  /\ tmState' = "committed"
  /\ msgs' = msgs \cup {[type |-> "Commit"]}
  /\ UNCHANGED <<rmState, tmPrepared>>

(* For RMChooseToAbort: a resource manager is gone instead. *)
Vanishes(r) ==
  /\ rmState[r] = "working"
  /\ rmState' = [rmState EXCEPT ![r] = "gone"]
  /\ UNCHANGED <<tmState, tmPrepared, msgs>>
=============================================================================
