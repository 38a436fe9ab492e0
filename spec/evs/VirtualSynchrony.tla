-------------------------- MODULE VirtualSynchrony --------------------------
(***************************************************************************)
(* Group communication as the Wackamole paper assumes it (section 3.1): an *)
(* environment that other specifications instantiate.  It promises         *)
(*                                                                         *)
(*   - a membership service: each connected server is told its view, with  *)
(*     one uniquely ordered list of members for all who are in it;         *)
(*   - virtual synchrony in a partitionable system: servers that move      *)
(*     together from one view to the next deliver the same messages in the *)
(*     first one;                                                          *)
(*   - agreed delivery: in the same order.                                 *)
(*                                                                         *)
(* It promises no more than that, and each thing left open is adversarial: *)
(*                                                                         *)
(*   - A server hears of its view late.  `net` is the membership that the  *)
(*     group communication system has installed, `inbox` is what a server  *)
(*     has not yet taken; views may pile up there, so that a view follows  *)
(*     on another which has not settled.                                   *)
(*   - A server that is late sends into the view that is installed by then *)
(*     under the name of the one it knows, so a message of an old view can *)
(*     arrive in a new one (there is no sending view delivery, as there is *)
(*     none in Spread without its flush layer).                            *)
(*   - When a component breaks up, each part keeps what any of its members *)
(*     has taken; what none of them has taken and an outsider sent may be  *)
(*     lost from any point on, for the whole part alike.  Each server's    *)
(*     own messages always come back to it while it stays connected.       *)
(*   - Crashes, recoveries, partitions and merges happen at any time.      *)
(*                                                                         *)
(* What is abstracted, and why nothing is lost.  A view is installed at    *)
(* all its members at once; a member that would install it later is one    *)
(* whose inbox is longer.  Messages leave an inbox when they are taken, so *)
(* the network remembers nothing that can no longer matter.  A view needs  *)
(* no other identity than the number of the change that made it and its    *)
(* members: a partition makes two views of one number, with disjoint       *)
(* members.                                                                *)
(*                                                                         *)
(* Multi-way partitions and merges are several two-way ones: they are      *)
(* reached with an intermediate view, which every server concerned is told *)
(* of and which costs a change of the bound.  In one change they are not   *)
(* modelled.                                                               *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
    Server,     \* the servers
    Epoch,      \* the numbers of changes of the network: Nat, or a prefix of it
    NoView      \* the view of a server that is not connected

VARIABLES
    epoch,      \* how many times the network has changed
    net,        \* net[s] is the view that the system has installed for s
    inbox       \* inbox[s] is what s has still to take, in agreed order

vars == <<epoch, net, inbox>>

-----------------------------------------------------------------------------
(***************************************************************************)
(* Views, and the two notices that the system itself puts into an inbox.   *)
(* Everything else there is a message, a record with a `type` and the      *)
(* `sender`.                                                               *)
(***************************************************************************)
Range(f) == {f[i] : i \in DOMAIN f}

View == [epoch : Epoch, members : Seq(Server)]
Members(v) == Range(v.members)

ViewNotice(v) == [type |-> "VIEW_CHANGE", view |-> v]
LossNotice == [type |-> "DISCONNECT"]
IsMessage(e) == e.type \notin {"VIEW_CHANGE", "DISCONNECT"}

TypeOK ==
    /\ epoch \in Epoch
    /\ \A s \in Server :
          net[s] # NoView =>
             /\ net[s] \in View
             /\ net[s].epoch =< epoch
    /\ DOMAIN inbox = Server

Orders(G) ==
    {o \in [1..Cardinality(G) -> G] :
        \A i, j \in 1..Cardinality(G) : i # j => o[i] # o[j]}

(***************************************************************************)
(* The ordered lists that a view of the servers G may have.  The paper     *)
(* wants one list for all, not a particular one.                           *)
(***************************************************************************)
Lists(G) == Orders(G)

Connected == {s \in Server : net[s] # NoView}
Component(s) == {t \in Server : net[t] = net[s]}
Components == {Component(s) : s \in Connected}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Messages in transit.                                                    *)
(*                                                                         *)
(* InTransit(s) is what was sent in the view installed for s and s has not *)
(* taken: the part of its inbox behind the last notice.  The members of    *)
(* one view have suffixes of one log there, so the shortest of them is     *)
(* what no server of G has taken.                                          *)
(***************************************************************************)
InTransit(s) ==
    LET notices == {i \in DOMAIN inbox[s] : ~IsMessage(inbox[s][i])}
        last == IF notices = {} THEN 0
                ELSE CHOOSE i \in notices : \A j \in notices : j =< i
    IN  SubSeq(inbox[s], last + 1, Len(inbox[s]))

Untaken(G) ==
    InTransit(CHOOSE s \in G :
                 \A t \in G : Len(InTransit(s)) =< Len(InTransit(t)))

(***************************************************************************)
(* What may remain of q for the servers G: all messages of their own, and  *)
(* those of outsiders up to any point.                                     *)
(***************************************************************************)
Remains(q, G) ==
    LET foreign == {i \in DOMAIN q : q[i].sender \notin G}
        kept(n) == {i \in DOMAIN q : i \notin foreign \/ i =< n}
        ranks(P) == [i \in P |-> Cardinality({j \in P : j =< i})]
        pick(P) == [k \in 1..Cardinality(P) |->
                       q[CHOOSE i \in P : ranks(P)[i] = k]]
    IN  {pick(kept(n)) : n \in {0} \cup foreign}

(***************************************************************************)
(* The inbox of s, of a part G of its component, when the view v is        *)
(* installed for G and r is what remains of the messages none of G took.   *)
(***************************************************************************)
Moved(s, G, r, v) ==
    SubSeq(inbox[s], 1, Len(inbox[s]) - Len(Untaken(G))) \o r \o <<ViewNotice(v)>>

NewView(o) == [epoch |-> epoch + 1, members |-> o]

-----------------------------------------------------------------------------
(***************************************************************************)
(* The network changes.                                                    *)
(***************************************************************************)

(***************************************************************************)
(* At the start any servers are connected in any components, and each has  *)
(* its first view before it.                                               *)
(***************************************************************************)
Start(P) ==
    /\ epoch = 0
    /\ \E o \in [P -> UNION {Lists(G) : G \in P}] :
          /\ \A G \in P : o[G] \in Lists(G)
          /\ LET first(s) == [epoch   |-> 0,
                              members |-> o[CHOOSE G \in P : s \in G]]
             IN  /\ net = [s \in Server |->
                              IF s \in UNION P THEN first(s) ELSE NoView]
                 /\ inbox = [s \in Server |->
                              IF s \in UNION P THEN <<ViewNotice(first(s))>>
                              ELSE <<>>]

Partitions ==
    {P \in SUBSET (SUBSET Server \ {{}}) :
        \A G, H \in P : G # H => G \cap H = {}}

Init == \E P \in Partitions : Start(P)

(***************************************************************************)
(* When the network may change: at any time.                               *)
(***************************************************************************)
MayChange == epoch + 1 \in Epoch

(***************************************************************************)
(* The component of G breaks into G, which has the head of the list, and   *)
(* the others.  It may happen at any time; each part goes on with a view   *)
(* of its own.                                                             *)
(***************************************************************************)
Partition(G) ==
    /\ MayChange
    /\ \E C \in Components :
          /\ G \subseteq C
          /\ G # C
          /\ Head(net[CHOOSE s \in C : TRUE].members) \in G
          /\ LET H == C \ G
             IN  \E og \in Lists(G), oh \in Lists(H),
                    rg \in Remains(Untaken(G), G), rh \in Remains(Untaken(H), H) :
                    /\ net' = [s \in Server |->
                                 CASE s \in G -> NewView(og)
                                   [] s \in H -> NewView(oh)
                                   [] OTHER   -> net[s]]
                    /\ inbox' = [s \in Server |->
                                 CASE s \in G -> Moved(s, G, rg, NewView(og))
                                   [] s \in H -> Moved(s, H, rh, NewView(oh))
                                   [] OTHER   -> inbox[s]]
    /\ epoch' = epoch + 1

(***************************************************************************)
(* Two components find each other and become one.                          *)
(***************************************************************************)
Merge(G) ==
    /\ MayChange
    /\ G \in {C \cup D : C, D \in Components} \ Components
    /\ \E o \in Lists(G) :
          /\ net' = [s \in Server |-> IF s \in G THEN NewView(o) ELSE net[s]]
          /\ inbox' = [s \in Server |->
                         IF s \in G THEN Append(inbox[s], ViewNotice(NewView(o)))
                         ELSE inbox[s]]
    /\ epoch' = epoch + 1

(***************************************************************************)
(* The connection of s ends, and `left` is what s itself has still to      *)
(* take.  Those it leaves behind, if any, go on in a view without it.      *)
(***************************************************************************)
Leave(s, left) ==
    /\ MayChange
    /\ s \in Connected
    /\ LET G == Component(s) \ {s}
       IN  IF G = {}
           THEN /\ net' = [net EXCEPT ![s] = NoView]
                /\ inbox' = [inbox EXCEPT ![s] = left]
           ELSE \E o \in Lists(G), r \in Remains(Untaken(G), G) :
                /\ net' = [t \in Server |->
                             CASE t = s   -> NoView
                               [] t \in G -> NewView(o)
                               [] OTHER   -> net[t]]
                /\ inbox' = [t \in Server |->
                             CASE t = s   -> left
                               [] t \in G -> Moved(t, G, r, NewView(o))
                               [] OTHER   -> inbox[t]]
    /\ epoch' = epoch + 1

(***************************************************************************)
(* The server s fails, and takes nothing any more.                         *)
(***************************************************************************)
Crash(s) == Leave(s, <<>>)

(***************************************************************************)
(* The server s runs on but loses the group communication system, which it *)
(* is told.  What it had not taken is gone: had it taken it before, those  *)
(* who remain might have lost its answers all the same.                    *)
(***************************************************************************)
Lose(s) == Leave(s, <<LossNotice>>)

(***************************************************************************)
(* The server s, which crashed, lost its connection or never had one, is   *)
(* connected, alone at first.                                              *)
(***************************************************************************)
Recover(s) ==
    /\ MayChange
    /\ s \notin Connected
    /\ net' = [net EXCEPT ![s] = NewView(<<s>>)]
    /\ inbox' = [inbox EXCEPT ![s] = Append(@, ViewNotice(NewView(<<s>>)))]
    /\ epoch' = epoch + 1

-----------------------------------------------------------------------------
(***************************************************************************)
(* What servers do with their inboxes: a set R of them takes the event at  *)
(* position i of theirs, and the messages ms are sent, in this order.  A   *)
(* message reaches the members of the view that is installed for its       *)
(* sender now, the sender among them, whatever view the sender knows of.   *)
(***************************************************************************)
Without(q, i) == SubSeq(q, 1, i - 1) \o SubSeq(q, i + 1, Len(q))

Reaches(m, t) == net[t] # NoView /\ net[m.sender] = net[t]

Step(R, i, ms) ==
    /\ inbox' = [t \in Server |->
                    (IF t \in R THEN Without(inbox[t], i) ELSE inbox[t])
                    \o SelectSeq(ms, LAMBDA m : Reaches(m, t))]
    /\ UNCHANGED <<epoch, net>>

(***************************************************************************)
(* Agreed delivery: a server takes the first event of its inbox.           *)
(***************************************************************************)
Deliverable(s) == IF inbox[s] = <<>> THEN {} ELSE {1}

-----------------------------------------------------------------------------
(***************************************************************************)
(* Members of one view agree on it, and what they have still to take of it *)
(* are suffixes of one log: together this is virtual synchrony with agreed *)
(* delivery, since what two servers take while they are members together   *)
(* can only be the same.                                                   *)
(***************************************************************************)
Suffix(p, q) == Len(p) =< Len(q) /\ p = SubSeq(q, Len(q) - Len(p) + 1, Len(q))

OneView ==
    \A s \in Connected :
        /\ Members(net[s]) = Component(s)
        /\ Len(net[s].members) = Cardinality(Component(s))

OneLog ==
    \A s, t \in Connected :
        net[s] = net[t] =>
            \/ Suffix(InTransit(s), InTransit(t))
            \/ Suffix(InTransit(t), InTransit(s))
=============================================================================
