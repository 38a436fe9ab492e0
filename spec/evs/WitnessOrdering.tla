-------------------------- MODULE WitnessOrdering ---------------------------
(***************************************************************************)
(* What the models of Ordering reach.  Each definition below says that     *)
(* something telling never happens; a Witness model checks it, must find   *)
(* it violated, and its trace is the way there.                            *)
(***************************************************************************)
EXTENDS MCOrdering

(***************************************************************************)
(* A message that is sent later is ordered before one that was sent        *)
(* earlier.                                                                *)
(***************************************************************************)
Overtakes ==
    \E m \in Sent' \ Sent : \E n \in Sent : Before(m, n)
NoneOvertakes == [][~Overtakes]_MCVars

(***************************************************************************)
(* A safe message is the next, and its place is known, since everybody's   *)
(* timestamps are beyond it; of q, who sends nothing, an update said so.   *)
(* It waits for a second one, which says that q has it.                    *)
(***************************************************************************)
SafeWaits ==
    \E p \in Process, q \in Process :
        /\ Waiting(p) # {}
        /\ LET m == First(Waiting(p))
           IN  /\ m.service = "safe"
               /\ m.lts =< site[p][p].aru
               /\ Upto(store[p], q) = 0
               /\ site[p][q].aru < m.lts
NoneWaits == ~SafeWaits

(***************************************************************************)
(* A message that was asked for is delivered by who asked for it.          *)
(***************************************************************************)
Asked(p, q) == <<p, q, 1>> \in requests
Got(p, q) ==
    \E m \in Range(delivered[p]) : m.sender = q /\ m.number = 1
NoGapRepaired == \A p, q \in Process : [](Asked(p, q) => []~Got(p, q))

(***************************************************************************)
(* Two messages have one timestamp, and everybody delivers both.           *)
(***************************************************************************)
OneTimestamp ==
    \E m, n \in Sent :
        /\ m # n
        /\ m.lts = n.lts
        /\ \A p \in Process : {m, n} \subseteq Range(delivered[p])
NoOneTimestamp == ~OneTimestamp

(***************************************************************************)
(* A window that was shut opens again.                                     *)
(***************************************************************************)
WindowOpens ==
    \E p \in Process :
        /\ Cardinality(Unstable(p, p)) = Window
        /\ Cardinality(Unstable(p, p)') < Window
NoWindowOpens == [][~WindowOpens]_MCVars

(***************************************************************************)
(* A message comes that is behind a gap, is not delivered, and the gap is  *)
(* seen.                                                                   *)
(***************************************************************************)
BehindGap ==
    \E p, q \in Process :
        /\ Missing(p, q) # {}
        /\ \E m \in From(store[p], q) : m \in Waiting(p)
NoneBehindGap == ~BehindGap
=============================================================================
