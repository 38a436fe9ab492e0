------------------------------ MODULE TwoPhase ------------------------------
(***************************************************************************)
(* Two-phase commit. Resource managers in RM carry out one transaction: at *)
(* the end either all have committed it or all have aborted it. A          *)
(* transaction manager asks nobody; it waits until each resource manager   *)
(* has told it that it is prepared, and then says that all may commit. A   *)
(* message that was sent stays in msgs and can be received again, which    *)
(* stands for loss, delay, reordering and duplication at once. The problem *)
(* is the one that Gray and Lamport state in "Consensus on Transaction     *)
(* Commit"; failures of the managers are not modelled.                     *)
(***************************************************************************)
CONSTANT RM

VARIABLES
  rmState,     \* what each resource manager has made of the transaction
  tmState,     \* what the transaction manager has decided
  tmPrepared,  \* the resource managers that it knows to be prepared
  msgs         \* every message ever sent

vars == <<rmState, tmState, tmPrepared, msgs>>

Message == [type : {"Prepared"}, rm : RM] \cup [type : {"Commit", "Abort"}]

TypeOK ==
  /\ rmState \in [RM -> {"working", "prepared", "committed", "aborted"}]
  /\ tmState \in {"init", "committed", "aborted"}
  /\ tmPrepared \subseteq RM
  /\ msgs \subseteq Message

Init ==
  /\ rmState = [r \in RM |-> "working"]
  /\ tmState = "init"
  /\ tmPrepared = {}
  /\ msgs = {}

(***************************************************************************)
(* The transaction manager, while it has not decided.                      *)
(***************************************************************************)
TMRcvPrepared(r) ==
  /\ tmState = "init"
  /\ [type |-> "Prepared", rm |-> r] \in msgs
  /\ tmPrepared' = tmPrepared \cup {r}
  /\ UNCHANGED <<rmState, tmState, msgs>>

TMCommit ==
  /\ tmState = "init"
  /\ tmPrepared = RM
  /\ tmState' = "committed"
  /\ msgs' = msgs \cup {[type |-> "Commit"]}
  /\ UNCHANGED <<rmState, tmPrepared>>

TMAbort ==
  /\ tmState = "init"
  /\ tmState' = "aborted"
  /\ msgs' = msgs \cup {[type |-> "Abort"]}
  /\ UNCHANGED <<rmState, tmPrepared>>

(***************************************************************************)
(* A resource manager: on its own while it works, as it is told later.     *)
(***************************************************************************)
RMPrepare(r) ==
  /\ rmState[r] = "working"
  /\ rmState' = [rmState EXCEPT ![r] = "prepared"]
  /\ msgs' = msgs \cup {[type |-> "Prepared", rm |-> r]}
  /\ UNCHANGED <<tmState, tmPrepared>>

RMChooseToAbort(r) ==
  /\ rmState[r] = "working"
  /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
  /\ UNCHANGED <<tmState, tmPrepared, msgs>>

RMRcvCommit(r) ==
  /\ [type |-> "Commit"] \in msgs
  /\ rmState' = [rmState EXCEPT ![r] = "committed"]
  /\ UNCHANGED <<tmState, tmPrepared, msgs>>

RMRcvAbort(r) ==
  /\ [type |-> "Abort"] \in msgs
  /\ rmState' = [rmState EXCEPT ![r] = "aborted"]
  /\ UNCHANGED <<tmState, tmPrepared, msgs>>

Next ==
  \/ TMCommit
  \/ TMAbort
  \/ \E r \in RM :
       \/ TMRcvPrepared(r)
       \/ RMPrepare(r)
       \/ RMChooseToAbort(r)
       \/ RMRcvCommit(r)
       \/ RMRcvAbort(r)

Spec == Init /\ [][Next]_vars

(***************************************************************************)
(* No resource manager commits what another one aborts.                    *)
(***************************************************************************)
Consistent == \A r, s \in RM : ~(rmState[r] = "committed" /\ rmState[s] = "aborted")
=============================================================================
