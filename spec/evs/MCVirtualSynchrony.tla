------------------------- MODULE MCVirtualSynchrony -------------------------
(***************************************************************************)
(* VirtualSynchrony alone, closed by an application that does nothing but  *)
(* send messages and remember, so that what the environment promises can   *)
(* be stated over whole histories and checked.                             *)
(*                                                                         *)
(* The histories are there to state properties.  No implementation has     *)
(* them, and they are why the bounds are small.                            *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Server, Epoch, NoView,
    MaxEpoch,       \* how many changes
    MaxMessages     \* how many messages all servers together send

MCEpoch == 0..MaxEpoch

VARIABLES
    epoch, net, inbox,  \* the environment
    taken,              \* history: what each server has taken, in order
    sent,               \* history: the messages sent
    owed                \* history: what each sent since it was connected

netVars == <<epoch, net, inbox>>
history == <<taken, sent, owed>>
vars == <<netVars, history>>

VS == INSTANCE VirtualSynchrony

Names == <<"s1", "s2", "s3">>
OneList(G) == {SelectSeq(Names, LAMBDA s : s \in G)}

-----------------------------------------------------------------------------
Init ==
    /\ VS!Init
    /\ taken = [s \in Server |-> <<>>]
    /\ sent = {}
    /\ owed = [s \in Server |-> {}]

(***************************************************************************)
(* A server that knows of a view sends into whatever view is installed;     *)
(* its message says which one it knew.                                     *)
(***************************************************************************)
LastView(s) == taken[s][CHOOSE i \in DOMAIN taken[s] :
                            /\ taken[s][i].type = "VIEW_CHANGE"
                            /\ \A j \in DOMAIN taken[s] :
                                  j > i => VS!IsMessage(taken[s][j])].view

Knows(s) ==
    \E i \in DOMAIN taken[s] :
        /\ taken[s][i].type = "VIEW_CHANGE"
        /\ \A j \in DOMAIN taken[s] : j > i => taken[s][j].type # "DISCONNECT"

Send(s) ==
    /\ Cardinality(sent) < MaxMessages
    /\ Knows(s)
    /\ LET m == [type |-> "MESSAGE", sender |-> s,
                 number |-> Cardinality(sent) + 1, knew |-> LastView(s).epoch]
       IN  /\ sent' = sent \cup {m}
           /\ owed' = IF net[s] = NoView THEN owed
                      ELSE [owed EXCEPT ![s] = @ \cup {m}]
           /\ VS!Step({}, 1, <<m>>)
    /\ UNCHANGED taken

Take(s) ==
    /\ \E i \in VS!Deliverable(s) :
          /\ taken' = [taken EXCEPT ![s] = Append(@, inbox[s][i])]
          /\ VS!Step({s}, i, <<>>)
    /\ UNCHANGED <<sent, owed>>

Partition(G) == VS!Partition(G) /\ UNCHANGED history
Merge(G) == VS!Merge(G) /\ UNCHANGED history
Recover(s) == VS!Recover(s) /\ UNCHANGED history
Lose(s) ==
    /\ VS!Lose(s)
    /\ owed' = [owed EXCEPT ![s] = {}]
    /\ UNCHANGED <<taken, sent>>

(***************************************************************************)
(* A crash is marked in the history like a loss: what comes after it is    *)
(* another life of the server.                                             *)
(***************************************************************************)
Crash(s) ==
    /\ VS!Crash(s)
    /\ owed' = [owed EXCEPT ![s] = {}]
    /\ taken' = [taken EXCEPT ![s] = Append(@, VS!LossNotice)]
    /\ UNCHANGED sent

Next ==
    \/ \E s \in Server : Send(s)
    \/ \E s \in Server : Take(s)
    \/ \E G \in SUBSET Server : Partition(G)
    \/ \E G \in SUBSET Server : Merge(G)
    \/ \E s \in Server : Lose(s)
    \/ \E s \in Server : Crash(s)
    \/ \E s \in Server : Recover(s)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is promised.                                                       *)
(***************************************************************************)
TypeOK == VS!TypeOK
OneView == VS!OneView
OneLog == VS!OneLog

IsNotice(e) == ~VS!IsMessage(e)
Notices(s) == {i \in DOMAIN taken[s] : IsNotice(taken[s][i])}
ViewNotices(s) == {i \in Notices(s) : taken[s][i].type = "VIEW_CHANGE"}
Views(s) == {taken[s][i].view : i \in ViewNotices(s)}

(***************************************************************************)
(* The membership service.  A server is in each view it is told of; two    *)
(* views of one change that share a member are one, with one list; and a   *)
(* server is told of them in the order of the changes.                     *)
(***************************************************************************)
Membership ==
    \A s, t \in Server : \A v \in Views(s), w \in Views(t) :
        /\ s \in VS!Members(v)
        /\ v.epoch = w.epoch /\ VS!Members(v) \cap VS!Members(w) # {} => v = w

ViewsInOrder ==
    \A s \in Server : \A i, j \in ViewNotices(s) :
        i < j => taken[s][i].view.epoch < taken[s][j].view.epoch

(***************************************************************************)
(* Virtual synchrony: those who move together from one view to the next    *)
(* took the same messages in the first, in the same order.                 *)
(***************************************************************************)
Moves(s) ==
    {<<i, j>> \in ViewNotices(s) \X ViewNotices(s) :
        /\ i < j
        /\ \A k \in Notices(s) : k =< i \/ k >= j}

VirtuallySynchronous ==
    \A s, t \in Server : \A p \in Moves(s), q \in Moves(t) :
        /\ taken[s][p[1]] = taken[t][q[1]]
        /\ taken[s][p[2]] = taken[t][q[2]]
        => SubSeq(taken[s], p[1], p[2]) = SubSeq(taken[t], q[1], q[2])

(***************************************************************************)
(* Agreed delivery: two servers take what both take in one order.          *)
(***************************************************************************)
Place(s, m) == CHOOSE i \in DOMAIN taken[s] : taken[s][i] = m
Messages(s) == {m \in VS!Range(taken[s]) : VS!IsMessage(m)}

AgreedOrder ==
    \A s, t \in Server : \A m, n \in Messages(s) \cap Messages(t) :
        Place(s, m) < Place(s, n) => Place(t, m) < Place(t, n)

(***************************************************************************)
(* A server gets back all it sends while it stays connected.               *)
(***************************************************************************)
SelfDelivery ==
    \A s \in VS!Connected :
        owed[s] \subseteq VS!Range(taken[s]) \cup VS!Range(inbox[s])

(***************************************************************************)
(* No message comes twice, and none that was not sent.                     *)
(***************************************************************************)
AtMostOnce ==
    \A s \in Server : \A i, j \in DOMAIN taken[s] :
        i # j /\ VS!IsMessage(taken[s][i]) => taken[s][i] # taken[s][j]

NothingInvented == \A s \in Server : Messages(s) \subseteq sent

-----------------------------------------------------------------------------
(***************************************************************************)
(* What is not promised, and does happen: a message that one server takes  *)
(* is lost to another that was a member with it; a server takes a message  *)
(* in a later view than the one its sender knew of when it sent it.        *)
(***************************************************************************)
NeverLost ==
    \A s, t \in Server : \A p \in Moves(s), q \in Moves(t) :
        taken[s][p[1]] = taken[t][q[1]] =>
            SubSeq(taken[s], p[1], p[2] - 1) = SubSeq(taken[t], q[1], q[2] - 1)

NeverLate ==
    \A s \in Server : \A i, j \in DOMAIN taken[s] :
        /\ i < j
        /\ taken[s][i].type = "VIEW_CHANGE"
        /\ VS!IsMessage(taken[s][j])
        => taken[s][j].knew >= taken[s][i].view.epoch
=============================================================================
