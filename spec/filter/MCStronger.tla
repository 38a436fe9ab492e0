----------------------------- MODULE MCStronger -----------------------------
(***************************************************************************)
(* What VirtualSynchrony does and the Wackamole paper does not ask for,    *)
(* over histories: it holds there, and EVS does not give it.  L1 to L5 are *)
(* what LooseVirtualSynchrony does instead.                                *)
(***************************************************************************)
EXTENDS MCVirtualSynchrony

From(s, m) == taken[s][m[1]].view
To(s, m) == taken[s][m[2]].view

(***************************************************************************)
(* L1.  Those who move to a view come from two views at most.              *)
(***************************************************************************)
Origins(v) ==
    UNION {{From(s, m) : m \in {n \in Moves(s) : To(s, n) = v}} : s \in Server}

OfTwoViews == \A s \in Server : \A v \in Views(s) : Cardinality(Origins(v)) =< 2

(***************************************************************************)
(* L2.  If a server is told of a view, so is each member of it that does   *)
(* not fail, before it is told of a later one.                             *)
(***************************************************************************)
EveryMemberIsTold ==
    \A s, t \in Server : \A v \in Views(s) : \A i \in ViewNotices(t) :
        /\ t \in VS!Members(v)
        /\ taken[t][i].view.epoch > v.epoch
        /\ \A j \in 1..i : taken[t][j].type # "DISCONNECT"
        => v \in Views(t)

(***************************************************************************)
(* L3.  Before a message from outside its next view, a server takes all    *)
(* that another took before that message in the same view.                 *)
(***************************************************************************)
Between(s, m, n) ==
    \A k \in Place(s, n)..Place(s, m) : VS!IsMessage(taken[s][k])

NothingSkipped ==
    \A s, t \in Server : \A m, n \in Messages(t) : \A v \in Moves(s) :
        /\ m \in Messages(s)
        /\ Place(s, m) \in v[1]..v[2]
        /\ m.sender \notin VS!Members(To(s, v))
        /\ Place(t, n) < Place(t, m)
        /\ Between(t, m, n)
        => n \in Messages(s)

(***************************************************************************)
(* L4.  Who moves from one view to the next sees that a member of the      *)
(* first failed in between: it is not in the next.                         *)
(***************************************************************************)
FailsBetween(t, v, w) ==
    \E i, j \in ViewNotices(t) :
        /\ taken[t][i].view = v
        /\ taken[t][j].view = w
        /\ \E k \in i..j : taken[t][k].type = "DISCONNECT"

FailureIsSeen ==
    \A s, t \in Server : \A m \in Moves(s) :
        ~FailsBetween(t, From(s, m), To(s, m))

(***************************************************************************)
(* L5.  Messages are taken in the order in which they are sent.            *)
(***************************************************************************)
TakenAsSent ==
    \A s \in Server : \A m, n \in Messages(s) :
        m.number < n.number => Place(s, m) < Place(s, n)

(***************************************************************************)
(* For Partitions: all servers are connected at the start.                 *)
(***************************************************************************)
Together == {{Server}}
=============================================================================
