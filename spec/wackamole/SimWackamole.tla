---------------------------- MODULE SimWackamole ----------------------------
(***************************************************************************)
(* Bounds for behaviours that TLC picks at random: more servers, groups    *)
(* and changes than it can exhaust.  They are replayed by the reducer.     *)
(***************************************************************************)
EXTENDS MCWackamole

Groups5 == <<{"a1"}, {"a2", "a3"}, {"a4"}, {"a5", "a6", "a7"}, {"a8"}>>
Groups7 == Groups5 \o <<{"a9", "a10"}, {"a11", "a12"}>>

PrefersSome ==
    [s \in Server |->
        CASE s = "s1" -> {{"a2", "a3"}, {"a8"}}
          [] s = "s3" -> {{"a2", "a3"}}
          [] s = "s4" -> {{"a5", "a6", "a7"}}
          [] OTHER    -> {}]

(***************************************************************************)
(* SortedList, for Lists: OneList with more names.                         *)
(***************************************************************************)
MoreNames == <<"s1", "s2", "s3", "s4", "s5">>
SortedList(G) == {SelectSeq(MoreNames, LAMBDA s : s \in G)}

(***************************************************************************)
(* For Partitions, the same set: TLC finds it by giving each server the    *)
(* number of its component, 0 for none, where it could not go through all  *)
(* sets of sets of five servers.                                           *)
(***************************************************************************)
NumberedPartitions ==
    LET component(f, n) == {s \in Server : f[s] = n}
    IN  {{component(f, n) : n \in 1..Cardinality(Server)} \ {{}} :
            f \in [Server -> 0..Cardinality(Server)]}

ASSUME PartitionsAreTheSame ==
    Cardinality(Server) =< 3 => NumberedPartitions = VS!Partitions
=============================================================================
