------------------------ MODULE WitnessWackamoleEVS ------------------------
(***************************************************************************)
(* Wackamole over EVS gets somewhere.                                      *)
(***************************************************************************)
EXTENDS MCWackamoleEVS

Runs(s) == state[s] = "RUN" /\ view[s] = Net[s]

(***************************************************************************)
(* All servers run in one view, and each covers something.                 *)
(***************************************************************************)
NeverShares ==
    ~ \A s, t \in Server : Runs(s) /\ view[s] = view[t] /\ held[s] # {}

(***************************************************************************)
(* A server runs in a view that is not whole, as another left it.          *)
(***************************************************************************)
NeverLeftBehind ==
    \A s \in Server : Runs(s) => \E C \in Whole : s \in C

(***************************************************************************)
(* A server runs again after a change.                                     *)
(***************************************************************************)
NeverRunsAgain == \A s \in Server : Runs(s) => view[s].epoch = 0

(***************************************************************************)
(* An answer to what was handed on while it could not be sent is held back.*)
(***************************************************************************)
NeverHeldBack == \A s \in F!E!Leaving : pending[s] = <<>>
=============================================================================
