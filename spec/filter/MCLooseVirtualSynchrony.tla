---------------------- MODULE MCLooseVirtualSynchrony ----------------------
(***************************************************************************)
(* LooseVirtualSynchrony closed as MCVirtualSynchrony closes the other: by *)
(* an application that sends messages and remembers.  What is promised is  *)
(* stated there.                                                           *)
(***************************************************************************)
EXTENDS MCVirtualSynchrony

VARIABLE outbox

L == INSTANCE LooseVirtualSynchrony

looseVars == <<vars, outbox>>

LooseInit == Init /\ outbox = [s \in Server |-> <<>>]

(***************************************************************************)
(* For Step of VirtualSynchrony.                                           *)
(***************************************************************************)
LooseStep(R, i, ms) == L!LooseStep(R, i, ms)

Regroup(G) ==
    /\ \E A \in L!WhoMoves(G) : L!Regroup(G, A)
    /\ UNCHANGED history

Arrive(s) == L!Arrive(s) /\ UNCHANGED history
Return(s) == L!Return(s) /\ UNCHANGED history

QuitLosing(s) ==
    /\ L!QuitLosing(s)
    /\ owed' = [owed EXCEPT ![s] = {}]
    /\ UNCHANGED <<taken, sent>>

QuitCrashing(s) ==
    /\ L!QuitCrashing(s)
    /\ owed' = [owed EXCEPT ![s] = {}]
    /\ taken' = [taken EXCEPT ![s] = Append(@, VS!LossNotice)]
    /\ UNCHANGED sent

LooseNext ==
    \/ \E s \in Server : Send(s)
    \/ \E s \in Server : Take(s)
    \/ \E s \in Server : Arrive(s)
    \/ \E G \in SUBSET Server : Regroup(G)
    \/ \E s \in Server : QuitLosing(s)
    \/ \E s \in Server : QuitCrashing(s)
    \/ \E s \in Server : Return(s)

LooseSpec == LooseInit /\ [][LooseNext]_looseVars

(***************************************************************************)
(* What waits in the outbox is not lost.                                   *)
(***************************************************************************)
LooseSelfDelivery ==
    \A s \in VS!Connected :
        owed[s] \subseteq VS!Range(taken[s]) \cup VS!Range(inbox[s])
                              \cup VS!Range(outbox[s])

Together == {{Server}}
=============================================================================
