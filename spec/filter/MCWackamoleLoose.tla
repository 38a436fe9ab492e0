-------------------------- MODULE MCWackamoleLoose --------------------------
(***************************************************************************)
(* Wackamole over LooseVirtualSynchrony: the algorithm of Wackamole.tla,   *)
(* action by action, where a step of a server is LooseStep, and the        *)
(* network changes as it does there.                                       *)
(***************************************************************************)
EXTENDS MCWackamole

VARIABLE outbox

L == INSTANCE LooseVirtualSynchrony

looseVars == <<vars, outbox>>

(***************************************************************************)
(* For Step and Components of VirtualSynchrony.  Components are those      *)
(* whose view is whole, and where nothing waits to be ordered, since the   *)
(* properties of Wackamole look for what is under way in inboxes alone.    *)
(***************************************************************************)
LooseStep(R, i, ms) == L!LooseStep(R, i, ms)
Judged == {C \in L!Whole : \A s \in C : outbox[s] = <<>>}
AnyComponents == {VS!Component(s) : s \in VS!Connected}

-----------------------------------------------------------------------------
(***************************************************************************)
(* For MayDelay: what is said is ordered before anything else happens.     *)
(***************************************************************************)
MayDelay == TRUE
Prompt == \A s \in VS!Connected : outbox[s] = <<>>

LooseInit == Init /\ outbox = [s \in Server |-> <<>>]

ByServers == MayDelay /\ System
Arrive(s) == L!Arrive(s) /\ UNCHANGED serverVars

Regroup(G) ==
    /\ MayDelay
    /\ \E A \in L!WhoMoves(G) : L!Regroup(G, A)
    /\ UNCHANGED serverVars

LooseLose(s) == MayDelay /\ L!QuitLosing(s) /\ UNCHANGED serverVars
LooseRecover(s) == MayDelay /\ L!Return(s) /\ UNCHANGED serverVars
LooseCrash(s) ==
    /\ MayDelay
    /\ L!QuitCrashing(s)
    /\ Reset({s})
    /\ mature' = [mature EXCEPT ![s] = FALSE]

LooseNext ==
    \/ ByServers
    \/ \E s \in Server : Arrive(s)
    \/ \E G \in SUBSET Server : Regroup(G)
    \/ \E s \in Server : LooseLose(s)
    \/ \E s \in Server : LooseRecover(s)
    \/ \E s \in Server : LooseCrash(s)

LooseSpec == LooseInit /\ [][LooseNext]_looseVars
=============================================================================
