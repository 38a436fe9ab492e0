----------------------- MODULE BrokenVirtualSynchrony -----------------------
(***************************************************************************)
(* The environment with one promise broken; each Broken model puts one of  *)
(* these in the place of the definition it names.                          *)
(***************************************************************************)
EXTENDS MCVirtualSynchrony

(***************************************************************************)
(* For Moved: each server of a part loses for itself; the first loses      *)
(* nothing, the others all that nobody had taken.  And each is told a list *)
(* that it heads itself.                                                   *)
(***************************************************************************)
LosesApart(s, G, r, v) ==
    SubSeq(inbox[s], 1, Len(inbox[s]) - Len(VS!Untaken(G)))
    \o (IF s = Head(v.members) THEN r ELSE <<>>)
    \o <<VS!ViewNotice(v)>>

OwnList(s, G, r, v) ==
    SubSeq(inbox[s], 1, Len(inbox[s]) - Len(VS!Untaken(G))) \o r
    \o <<VS!ViewNotice([v EXCEPT !.members =
            <<s>> \o SelectSeq(@, LAMBDA t : t # s)])>>

(***************************************************************************)
(* The notice overtakes what was in transit.                               *)
(***************************************************************************)
NoticeFirst(s, G, r, v) == <<VS!ViewNotice(v)>> \o inbox[s]

(***************************************************************************)
(* For Remains: a server may lose what it sent itself; a part may take     *)
(* what nobody sent.                                                       *)
(***************************************************************************)
LosesOwn(q, G) == {SubSeq(q, 1, n) : n \in 0..Len(q)}

Forged(q, G) ==
    {<<[type |-> "MESSAGE", sender |-> CHOOSE s \in G : TRUE,
        number |-> 0, knew |-> 0]>>}

(***************************************************************************)
(* For Deliverable: the order of each sender only.                         *)
(***************************************************************************)
Fifo(s) ==
    {i \in DOMAIN inbox[s] :
        \/ i = 1
        \/ /\ \A j \in 1..i : VS!IsMessage(inbox[s][j])
           /\ \A j \in 1..(i - 1) : inbox[s][j].sender # inbox[s][i].sender}

(***************************************************************************)
(* For Without: a message that is taken stays.                             *)
(***************************************************************************)
Stays(q, i) == IF VS!IsMessage(q[i]) THEN q ELSE Tail(q)

(***************************************************************************)
(* For Lists: a list that lacks a member; one of the right length that     *)
(* lacks a member; one that has a member twice.                            *)
(***************************************************************************)
ShortList(G) == {SelectSeq(Names, LAMBDA s : s \in G \ {"s2"})}
FirstOnly(G) == {[i \in 1..Cardinality(G) |-> CHOOSE s \in G : TRUE]}
LongList(G) == {Append(l, Head(l)) : l \in OneList(G)}

(***************************************************************************)
(* For MayChange: one change beyond those that there are numbers for.      *)
(***************************************************************************)
OneMore == epoch \in Epoch
=============================================================================
