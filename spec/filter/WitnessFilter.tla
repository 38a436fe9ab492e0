--------------------------- MODULE WitnessFilter ---------------------------
(***************************************************************************)
(* What the filter does and one might not expect.  Each Never is violated: *)
(* TLC shows how it happens.                                               *)
(***************************************************************************)
EXTENDS MCFilter

(***************************************************************************)
(* F1.  A message that is delivered in a transitional configuration is     *)
(* handed on.                                                              *)
(***************************************************************************)
NeverInTransit == \A p \in F!E!Leaving : place[p] =< leaving[p].bound

(***************************************************************************)
(* F3.  Something is held back; and it is taken in a later view than the   *)
(* one in which it was said.                                               *)
(***************************************************************************)
NeverHeldBack == \A p \in F!E!Leaving : pending[p] = <<>>

NeverLate == H!NeverLate

(***************************************************************************)
(* F4.  A process fails, and its application is told of a view again.      *)
(***************************************************************************)
NeverBack ==
    \A p \in Process : \A i, j \in DOMAIN taken[p] :
        i < j => taken[p][i].type # "DISCONNECT"

(***************************************************************************)
(* Where some models begin.                                                *)
(***************************************************************************)
NeverHalfway == ~Halfway

(***************************************************************************)
(* It is foretold that a process will not install what it committed to.    *)
(***************************************************************************)
NeverInVain ==
    \A p \in F!E!Leaving : leaving[p].complete => arrives[p]
=============================================================================
