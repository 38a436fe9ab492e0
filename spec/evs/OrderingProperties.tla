------------------------- MODULE OrderingProperties -------------------------
(***************************************************************************)
(* What Ordering promises, as invariants and a property of its steps; and  *)
(* the state of EVS that each of its states stands for.  MCOrdering checks *)
(* them.                                                                   *)
(***************************************************************************)
EXTENDS Ordering

Sent == UNION {From(store[p], p) : p \in Process}

(***************************************************************************)
(* All messages that were sent, in their order.                            *)
(***************************************************************************)
Sorted(M) ==
    LET RECURSIVE sorted(_)
        sorted(N) == IF N = {} THEN <<>>
                     ELSE <<First(N)>> \o sorted(N \ {First(N)})
    IN  sorted(M)

Order == Sorted(Sent)

(***************************************************************************)
(* No two messages have one place.                                         *)
(***************************************************************************)
OrderIsTotal ==
    \A m, n \in Sent : m # n => Before(m, n) \/ Before(n, m)

(***************************************************************************)
(* Messages are delivered in this order, and none is left out.             *)
(***************************************************************************)
IsPrefix(s, t) == Len(s) =< Len(t) /\ s = SubSeq(t, 1, Len(s))

InOrder == \A p \in Process : IsPrefix(delivered[p], Order)

(***************************************************************************)
(* Who is told that a message is safe can rely on all having it, and all   *)
(* before it.  While a configuration is whole EVS takes this for granted,  *)
(* since there a member has a message when it needs it, and counts on it   *)
(* when somebody leaves (`stable`).  So ImplementsEVS alone would not      *)
(* notice that this fails.                                                 *)
(***************************************************************************)
SafeIsHeld ==
    \A p \in Process : \A m \in Range(delivered[p]) :
        m.service = "safe" =>
            \A q \in Process :
                {n \in Sent : n = m \/ Before(n, m)} \subseteq store[q]

(***************************************************************************)
(* A row says what is so, though it may be old; and Site_Aru is true: all  *)
(* up to it is here, and nobody will send anything that is not after it.   *)
(***************************************************************************)
RowsAreTrue ==
    \A p, q \in Process :
        /\ site[p][q].sequence =< site[q][q].sequence
        /\ site[p][q].lts =< site[q][q].lts
        /\ site[p][q].aru =< site[q][q].aru

AruIsTrue ==
    \A p \in Process :
        /\ {m \in Sent : m.lts =< site[p][p].aru} \subseteq store[p]
        /\ \A q \in Process : site[p][p].aru =< site[q][q].lts

(***************************************************************************)
(* Nothing that a process said of itself, or knows of another, is taken    *)
(* back.                                                                   *)
(***************************************************************************)
RowsNeverFall ==
    [][\A p, q \in Process : Covers(site'[p][q], site[p][q])]_vars

(***************************************************************************)
(* Only what was sent here is received.                                    *)
(***************************************************************************)
NothingForeign == \A p \in Process : store[p] \subseteq Sent

(***************************************************************************)
(* Flow control: of no sender are there more than Window messages that     *)
(* somebody lacks.                                                         *)
(***************************************************************************)
LackedOf(p) ==
    {m \in From(store[p], p) : \E q \in Process : m \notin store[q]}

FlowControl == \A p \in Process : Cardinality(LackedOf(p)) =< Window

(***************************************************************************)
(* What anybody lacks its sender has kept.                                 *)
(***************************************************************************)
LackedIsKept == \A p \in Process : LackedOf(p) \subseteq Unstable(p, p)

-----------------------------------------------------------------------------
(***************************************************************************)
(* What this implements: EVS in one configuration of which everybody is a  *)
(* member, where nothing is done but to send and to deliver.  The order of *)
(* the log is that of the messages sent so far.  Who delivered anything    *)
(* but a prefix of it has no place there.  `ImageOf` is the state of EVS   *)
(* that a state here stands for.                                           *)
(***************************************************************************)
Content(m) ==
    [sender |-> m.sender, number |-> m.number, service |-> m.service]

Greatest(S) == CHOOSE i \in S : \A j \in S : j =< i

ImageOf(order, done) ==
    LET place == [p \in Process |->
                     IF IsPrefix(done[p], order) THEN Len(done[p]) ELSE -1]
        first == Greatest({place[p] : p \in Process})
        safe == {i \in 1..first : order[i].service = "safe"}
        log == [order  |-> [i \in 1..Len(order) |-> Content(order[i])],
                stable |-> Greatest({0} \cup safe),
                frozen |-> first,
                absent |-> [p \in {} |-> 0]]
    IN  [number  |-> [p \in Process |-> 0],
         conf    |-> [p \in Process |-> Here],
         place   |-> place,
         leaving |-> [p \in Process |-> None],
         log     |-> [c \in {Here} |-> log]]

Image == ImageOf(Order, delivered)
=============================================================================
