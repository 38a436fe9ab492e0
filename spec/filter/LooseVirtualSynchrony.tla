----------------------- MODULE LooseVirtualSynchrony -----------------------
(***************************************************************************)
(* VirtualSynchrony with what Extended Virtual Synchrony does not give     *)
(* taken out, so that EVS through the filter implements it.  All that the  *)
(* Wackamole paper asks for (section 3.1) is still promised.               *)
(*                                                                         *)
(*   L1. Any connected servers are given a new view together, out of any   *)
(*       views: parts and merges of more than two at once.                 *)
(*   L2. Who is not taken along stays where it is, and is told nothing:    *)
(*       the others of its view, until they are given one; and members of  *)
(*       the new view itself, which may never hear of it.                  *)
(*   L3. Who moves together keeps all messages of any set of servers that  *)
(*       has them in it, since one that they were about to move with may   *)
(*       have gone another way.                                            *)
(*   L4. Who fails is gone without a view for those that it leaves.        *)
(*   L5. What a server says waits in its outbox until it is ordered, as    *)
(*       long as the system likes.                                         *)
(*                                                                         *)
(* So the members of a view need not all be in it: it is whole if they     *)
(* are.  Messages reach those that are.                                    *)
(***************************************************************************)
EXTENDS VirtualSynchrony

VARIABLE outbox     \* outbox[s]: what s has said and nobody has yet

netVars == <<epoch, net, inbox>>
looseVars == <<netVars, outbox>>

StartsWith(P) == Start(P) /\ outbox = [s \in Server |-> <<>>]
LooseInit == \E P \in Partitions : StartsWith(P)

-----------------------------------------------------------------------------
(***************************************************************************)
(* L1, L2.  The servers of G are to have a view, and those of A come to    *)
(* know of it.                                                             *)
(***************************************************************************)
WhoMoves(G) == SUBSET G

(***************************************************************************)
(* Those of A that move together with s: they had one view.                *)
(***************************************************************************)
Companions(s, A) == {t \in A : net[t] = net[s]}

(***************************************************************************)
(* L3.  What may remain of q for the servers T that move together.         *)
(***************************************************************************)
Kept(T) == {T \cup X : X \in SUBSET Server}
LooseRemains(q, T) == UNION {Remains(q, H) : H \in Kept(T)}

Regroup(G, A) ==
    LET sets == {Companions(s, A) : s \in A}
        remains(T) == LooseRemains(Untaken(T), T)
    IN  /\ MayChange
        /\ epoch' = epoch + 1
        /\ G # {}
        /\ G \subseteq Connected
        /\ \E o \in Lists(G), r \in [sets -> UNION {remains(T) : T \in sets}] :
              /\ \A T \in sets : r[T] \in remains(T)
              /\ LET v == NewView(o)
                     moved(s) == Moved(s, Companions(s, A), r[Companions(s, A)], v)
                 IN  /\ net' = [s \in Server |-> IF s \in A THEN v ELSE net[s]]
                     /\ inbox' = [s \in Server |->
                                    IF s \in A THEN moved(s) ELSE inbox[s]]
        /\ UNCHANGED outbox

-----------------------------------------------------------------------------
(***************************************************************************)
(* L4.  The connection of s ends, and `left` is what s has still to take.  *)
(***************************************************************************)
Quit(s, left) ==
    /\ s \in Connected
    /\ net' = [net EXCEPT ![s] = NoView]
    /\ inbox' = [inbox EXCEPT ![s] = left]
    /\ outbox' = [outbox EXCEPT ![s] = <<>>]
    /\ UNCHANGED epoch

QuitCrashing(s) == Quit(s, <<>>)
QuitLosing(s) == Quit(s, <<LossNotice>>)

Return(s) == Recover(s) /\ UNCHANGED outbox

-----------------------------------------------------------------------------
(***************************************************************************)
(* L5.  The servers of R take what is next, the messages ms are said, and  *)
(* what was said is ordered sooner or later.                               *)
(***************************************************************************)
SaidBy(s, ms) == SelectSeq(ms, LAMBDA m : m.sender = s)

LooseStep(R, i, ms) ==
    /\ inbox' = [s \in Server |->
                    IF s \in R THEN Without(inbox[s], i) ELSE inbox[s]]
    /\ outbox' = [s \in Server |->
                     IF s \in Connected THEN outbox[s] \o SaidBy(s, ms)
                     ELSE <<>>]
    /\ UNCHANGED <<epoch, net>>

Arrive(s) ==
    /\ outbox[s] # <<>>
    /\ LET m == Head(outbox[s])
       IN  inbox' = [t \in Server |->
                        IF Reaches(m, t) THEN Append(inbox[t], m) ELSE inbox[t]]
    /\ outbox' = [outbox EXCEPT ![s] = Tail(@)]
    /\ UNCHANGED <<epoch, net>>

(***************************************************************************)
(* The servers of R take what is next, and s says whatever its application *)
(* does.                                                                   *)
(***************************************************************************)
Said(s) == SubSeq(outbox'[s], Len(outbox[s]) + 1, Len(outbox'[s]))
Says(R, s) == LooseStep(R, 1, Said(s))

LooseNext ==
    \/ \E s \in Server : inbox[s] # <<>> /\ Says({s}, s)
    \/ \E s \in Server : Says({}, s)
    \/ \E s \in Server : Arrive(s)
    \/ \E s \in Server : QuitCrashing(s)
    \/ \E s \in Server : QuitLosing(s)
    \/ \E s \in Server : Return(s)
    \/ \E G \in SUBSET Server : \E A \in WhoMoves(G) : Regroup(G, A)

LooseSpec == LooseInit /\ [][LooseNext]_looseVars

(***************************************************************************)
(* The components whose view is whole.                                     *)
(***************************************************************************)
Whole ==
    {C \in {Component(s) : s \in Connected} :
        \A s \in C : Members(net[s]) = C}
=============================================================================
