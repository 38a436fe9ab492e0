---------------------------- MODULE MCWackamole ----------------------------
(***************************************************************************)
(* Bounds for Wackamole.  Every model bounds the number of changes of the  *)
(* network; the servers, the groups and what is preferred are in its cfg.  *)
(* A behaviour ends when no change is left, everything is taken and no     *)
(* timer has anything to do, so the end is not a deadlock and cfgs say     *)
(* CHECK_DEADLOCK FALSE.                                                   *)
(*                                                                         *)
(* There is no symmetry, view or constraint in any of them, so the graph   *)
(* that TLC dumps is the whole graph.                                      *)
(***************************************************************************)
EXTENDS Wackamole, TLC

CONSTANT MaxEpoch
MCEpoch == 0..MaxEpoch

Groups1 == <<{"a1"}>>
Groups2 == <<{"a1"}, {"a2"}>>
Groups3 == <<{"a1"}, {"a2"}, {"a3"}>>
GroupsMany == <<{"a1"}, {"a2"}, {"a3"}, {"a4"}, {"a5"}, {"a6"}>>
GroupsRouter == <<{"a1", "a2"}, {"a3"}>>

PrefersNothing == [s \in Server |-> {}]
PrefersSecond == [s \in Server |-> IF s = "s1" THEN {{"a2"}} ELSE {}]
PrefersTwo == [s \in Server |-> IF s = "s2" THEN {{"a1"}, {"a3"}} ELSE {}]
PrefersShared ==
    [s \in Server |-> CASE s = "s1" -> {{"a2"}}
                        [] s = "s2" -> {{"a2"}, {"a3"}}
                        [] OTHER    -> {}]
PrefersRouter == [s \in Server |-> IF s = "s1" THEN {{"a1", "a2"}} ELSE {}]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Coarsenings.  Each cuts behaviours away and adds none.                  *)
(***************************************************************************)

(***************************************************************************)
(* OneList, for Lists: a view of G has one list, in the order of the names.*)
(* It hides lists whose order changes from view to view.                   *)
(***************************************************************************)
Names == <<"s1", "s2", "s3">>
OneList(G) == {SelectSeq(Names, LAMBDA s : s \in G)}

(***************************************************************************)
(* Together, for Partitions: all servers are connected at the start.       *)
(***************************************************************************)
Together == {{Server}}

(***************************************************************************)
(* Lockstep, for IsBatch: the members of a view that have the same to take *)
(* and are in the same state take it in one step, and whoever has a view   *)
(* change before it goes first.  It hides what members do while others     *)
(* have still to take the same event, hence also most of a handover.       *)
(***************************************************************************)
Lags(s) == \E i \in DOMAIN inbox[s] : ~VS!IsMessage(inbox[s][i])
Lagging == {s \in Server : Lags(s)}
Alike(s) ==
    {t \in Server : /\ inbox[t] = inbox[s]
                    /\ net[t] = net[s]
                    /\ view[t] = view[s]
                    /\ state[t] = state[s]}
Lockstep(R) ==
    /\ R # {}
    /\ LET s == CHOOSE t \in R : TRUE
       IN  /\ R = Alike(s)
           /\ Lagging # {} => Lags(s)

(***************************************************************************)
(* Calm, for MayChange: the network changes when every server has taken    *)
(* its last view (it may be gathering still).  It hides views that pile up *)
(* in an inbox, hence state messages that come in a later view.            *)
(***************************************************************************)
Calm == epoch + 1 \in Epoch /\ Lagging = {}

(***************************************************************************)
(* Quiet, for MayExpire: a timer fires when the component of its server    *)
(* has nothing to take.  It hides balancing and bootstraps that start      *)
(* while messages are in transit, hence every BALANCE_MSG that comes in a  *)
(* later view.                                                             *)
(***************************************************************************)
Quiet(s) == \A t \in VS!Component(s) : inbox[t] = <<>>

(***************************************************************************)
(* AnyStateOrder, for Deliverable, cuts nothing away: it allows more than  *)
(* agreed delivery does.  State messages that wait beside each other are   *)
(* taken in any order.  InOrder, for MayChange: the network changes while  *)
(* what the members of a view have still to take are suffixes of one log,  *)
(* as the environment must assume when it cuts a log.  It hides a GATHER   *)
(* that is interrupted after members took state messages in different      *)
(* orders; and under Quiet a maturity notice never waits beside other      *)
(* state messages.                                                         *)
(***************************************************************************)
AnyStateOrder(s) ==
    {i \in DOMAIN inbox[s] :
        \/ i = 1
        \/ \A j \in 1..i : inbox[s][j].type = "STATE_MSG"}
InOrder == epoch + 1 \in Epoch /\ VS!OneLog
=============================================================================
